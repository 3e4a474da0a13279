import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { GeneratedResources } from './generated-resources.js';
import { closeServer, listenOnLoopback } from './loopback.js';

/** What can be asked of GetResources, as far as the stand-in knows it. */
export interface AskedResources {
  readonly PaginationToken?: string;
  readonly ResourceARNList?: readonly string[];
  readonly ResourcesPerPage?: number;
  readonly TagFilters?: readonly { readonly Key: string; readonly Values?: readonly string[] }[];
}

/** How the stand-in behaves, besides answering. Pages of a query are counted from 1, empty ones too. */
export interface TaggingBehaviour {
  /** Calls within any second above which it throttles. */
  readonly callsPerSecond?: number;
  /** Empty pages before each that is not. */
  readonly emptyPages?: number;
  /** The token of this page has expired, so many times. */
  readonly tokenExpires?: { readonly page: number; readonly times: number };
  /** From this page on the credentials have expired. */
  readonly credentialsExpireAt?: number;
  /** From this page on every answer has the same token. */
  readonly tokenRepeatsFrom?: number;
  /** Endpoint that answers everything else. */
  readonly passOnTo?: string;
  /** Told of every call of GetResources. */
  readonly observe?: (asked: AskedResources) => void;
}

/** Where in its list a query is. */
interface Position {
  readonly index: number;
  readonly page: number;
  readonly emptyPages: number;
}

/** A failure as the JSON protocol writes it. */
class Refusal extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

const TARGET = 'ResourceGroupsTaggingAPI_20170126.GetResources';

/**
 * The Resource Groups Tagging API on this machine, for what the emulator cannot do: any number of resources, a limited
 * rate, and answers that go wrong half-way.
 * Source: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export class TaggingStandIn {
  readonly endpoint: string;
  /** Calls of GetResources that were throttled. */
  throttled = 0;
  readonly #resources: GeneratedResources;
  readonly #behaviour: TaggingBehaviour;
  readonly #server: Server;
  /** When the calls of the last second were answered. */
  #answered: readonly number[] = [];
  #expirations: number;

  private constructor(server: Server, port: number, resources: GeneratedResources, behaviour: TaggingBehaviour) {
    this.endpoint = `http://127.0.0.1:${port}`;
    this.#server = server;
    this.#resources = resources;
    this.#behaviour = behaviour;
    this.#expirations = behaviour.tokenExpires?.times ?? 0;
    server.on('request', (incoming, outgoing) => this.#serve(incoming, outgoing));
  }

  static async start(resources: GeneratedResources, behaviour: TaggingBehaviour = {}): Promise<TaggingStandIn> {
    const server = createServer();
    return new TaggingStandIn(server, await listenOnLoopback(server), resources, behaviour);
  }

  async stop(): Promise<void> {
    await closeServer(this.#server);
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (incoming.headers['x-amz-target'] !== TARGET) {
      passOn(incoming, outgoing, this.#behaviour.passOnTo);
      return;
    }
    outgoing.setHeader('content-type', 'application/x-amz-json-1.1');
    try {
      const asked = JSON.parse(await textOf(incoming)) as AskedResources;
      this.#behaviour.observe?.(asked);
      outgoing.end(JSON.stringify(this.#answer(asked)));
    } catch (error) {
      const type = error instanceof Refusal ? error.type : 'InternalServiceException';
      outgoing.writeHead(error instanceof Refusal ? 400 : 500);
      outgoing.end(JSON.stringify({ __type: type, Message: String((error as Error).message) }));
    }
  }

  #answer(asked: AskedResources): object {
    this.#admit();
    refuseInvalid(asked);
    const position = positionOf(asked.PaginationToken);
    this.#interrupt(position);
    if (asked.ResourceARNList !== undefined) return { PaginationToken: '', ...this.#listed(asked.ResourceARNList) };
    const { emptyPages = 0, tokenRepeatsFrom = Number.POSITIVE_INFINITY } = this.#behaviour;
    const empty = position.emptyPages < emptyPages;
    const { list, index } = empty ? { list: [], index: position.index } : this.#page(asked, position.index);
    const next = { index, page: position.page + 1, emptyPages: empty ? position.emptyPages + 1 : 0 };
    const goesRound = position.page >= tokenRepeatsFrom;
    const onward = index < this.#resources.count ? tokenOf(next) : '';
    return {
      PaginationToken: goesRound ? tokenOf({ index: 0, page: tokenRepeatsFrom, emptyPages }) : onward,
      ResourceTagMappingList: list,
    };
  }

  /** Counts the call, or throttles it. */
  #admit(): void {
    const now = performance.now();
    this.#answered = this.#answered.filter((time) => now - time < 1_000);
    if (this.#answered.length >= (this.#behaviour.callsPerSecond ?? Number.POSITIVE_INFINITY)) {
      this.throttled += 1;
      throw new Refusal('ThrottledException', 'Rate exceeded');
    }
    this.#answered = [...this.#answered, now];
  }

  #interrupt({ page }: Position): void {
    const { credentialsExpireAt = Number.POSITIVE_INFINITY, tokenExpires } = this.#behaviour;
    if (page >= credentialsExpireAt)
      throw new Refusal('ExpiredTokenException', 'The security token included in the request is expired');
    if (page === tokenExpires?.page && this.#expirations > 0) {
      this.#expirations -= 1;
      throw new Refusal('PaginationTokenExpiredException', 'The pagination token has expired');
    }
  }

  /** As many as a page holds of those that match, from an index on. */
  #page({ TagFilters = [], ResourcesPerPage = 50 }: AskedResources, from: number): { list: object[]; index: number } {
    const list: object[] = [];
    let index = from;
    for (; index < this.#resources.count && list.length < ResourcesPerPage; index += 1) {
      const { arn, tags } = this.#resources.at(index);
      const matches = TagFilters.every(
        ({ Key, Values = [] }) => tags[Key] !== undefined && (Values.length === 0 || Values.includes(tags[Key])),
      );
      if (matches) list.push(mapping(arn, tags));
    }
    return { list, index };
  }

  #listed(arns: readonly string[]): { ResourceTagMappingList: object[] } {
    const known = arns.filter((arn) => this.#resources.indexOf(arn) !== undefined);
    return {
      ResourceTagMappingList: known.map((arn) =>
        mapping(arn, this.#resources.at(this.#resources.indexOf(arn) ?? 0).tags),
      ),
    };
  }
}

function mapping(ResourceARN: string, tags: Readonly<Record<string, string>>): object {
  return { ResourceARN, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}

/** What AWS refuses of a request: see the constraints in the API reference. */
function refuseInvalid({ PaginationToken, ResourceARNList, ResourcesPerPage, TagFilters = [] }: AskedResources): void {
  const alone = ResourceARNList === undefined || [PaginationToken, ResourcesPerPage].every((it) => it === undefined);
  const valid =
    alone &&
    (ResourceARNList === undefined || (TagFilters.length === 0 && ResourceARNList.length <= 100)) &&
    (ResourcesPerPage === undefined || (ResourcesPerPage >= 1 && ResourcesPerPage <= 100)) &&
    TagFilters.length <= 50 &&
    TagFilters.every(({ Values = [] }) => Values.length <= 20);
  if (!valid) throw new Refusal('InvalidParameterException', 'The request parameters are not valid');
}

function tokenOf({ index, page, emptyPages }: Position): string {
  return Buffer.from(JSON.stringify([index, page, emptyPages])).toString('base64url');
}

function positionOf(token = ''): Position {
  if (token === '') return { index: 0, page: 1, emptyPages: 0 };
  const [index = 0, page = 1, emptyPages = 0] = JSON.parse(Buffer.from(token, 'base64url').toString()) as number[];
  return { index, page, emptyPages };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Lets another endpoint answer, byte for byte. */
function passOn(incoming: IncomingMessage, outgoing: ServerResponse, endpoint: string | undefined): void {
  if (endpoint === undefined) {
    outgoing.writeHead(501).end();
    return;
  }
  const { hostname, port } = new URL(endpoint);
  const { method, url: path, headers } = incoming;
  const passed = forward({ hostname, port, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  passed.on('error', () => outgoing.destroy());
  incoming.pipe(passed);
}
