import type {
  FactArea,
  Facts,
  ListedType,
  PolicyFact,
  Relation,
  ResourceFact,
  Unread,
} from '../../../domain/separation/facts.js';
import type { Focus, Vantage } from '../../../ports/aws-facts.js';
import { awsFailure, isAwsError } from '../aws-failure.js';
import type { ClientConfiguration } from '../client-configuration.js';

/** How a question is put to AWS. */
export interface Question {
  /** The IAM action it takes, like `sqs:GetQueueAttributes`. */
  readonly action: string;
  /** What it is asked about: a resource, or a service as a whole. */
  readonly subject: string;
  /** What is not known when it is not answered. */
  readonly areas: readonly FactArea[];
  /** Names of the errors by which AWS says that there is nothing of the kind; the answer is then undefined. */
  readonly none?: readonly string[];
}

/** One reading of one service from one vantage: the clients' settings, and what has been found so far. */
export class Reading {
  readonly vantage: Vantage;
  readonly configuration: ClientConfiguration;
  readonly focus: Promise<Focus>;
  readonly #resources: ResourceFact[] = [];
  readonly #relations: Relation[] = [];
  readonly #policies: PolicyFact[] = [];
  readonly #listedTypes: ListedType[] = [];
  readonly #unread: Unread[] = [];

  constructor(vantage: Vantage, focus: Promise<Focus>, configuration: ClientConfiguration) {
    this.vantage = vantage;
    this.focus = focus;
    this.configuration = configuration;
  }

  /** The ARN of a resource of this vantage's account and region. @param service as in ARNs: `sqs` */
  arn(service: string, resource: string, scope: 'regional' | 'global' = 'regional'): string {
    const { partition, region, accountId } = this.vantage;
    return `arn:${partition}:${service}:${scope === 'regional' ? region : ''}:${accountId}:${resource}`;
  }

  /** The ARN of a bucket. */
  bucketArn(name: string): string {
    return `arn:${this.vantage.partition}:s3:::${name}`;
  }

  /** Notes a resource that AWS has shown. */
  resource(fact: Pick<ResourceFact, 'id' | 'type'> & Partial<ResourceFact>): void {
    this.#resources.push({ aliases: [], name: undefined, tags: undefined, partOf: undefined, ...fact });
  }

  /** Notes that one resource points at another. Nothing is noted for what AWS leaves empty. */
  relation(fact: Omit<Relation, 'source' | 'to'> & { readonly to: string | undefined }): void {
    const { to } = fact;
    if (to !== undefined && to !== '') this.#relations.push({ ...fact, to, source: 'aws' });
  }

  /** Notes a policy document. Nothing is noted where there is none. */
  policy(fact: Omit<PolicyFact, 'source' | 'document'> & { readonly document: string | undefined }): void {
    const { document } = fact;
    if (document !== undefined && document !== '') this.#policies.push({ ...fact, document, source: 'aws' });
  }

  /** Notes that every resource of these types in the account and region has been shown. */
  listed(scope: 'regional' | 'global', ...types: readonly string[]): void {
    const { accountId, region } = this.vantage;
    for (const type of types)
      this.#listedTypes.push({ type, accountId, region: scope === 'global' ? 'global' : region });
  }

  /** Notes that every part of these types that a resource has in this account and region has been shown. */
  listedWithin(within: string, scope: 'regional' | 'global', ...types: readonly string[]): void {
    const { accountId, region } = this.vantage;
    for (const type of types)
      this.#listedTypes.push({ type, accountId, region: scope === 'global' ? 'global' : region, within });
  }

  /**
   * Puts a question. Undefined when AWS says there is nothing of the kind, and when it does not answer: then the gap is
   * noted, with what was missing.
   */
  async ask<T>(question: Question, request: () => Promise<T>): Promise<T | undefined> {
    try {
      return await request();
    } catch (error) {
      if (question.none !== undefined && isAwsError(error, ...question.none)) return undefined;
      this.#missed(question, error);
      return undefined;
    }
  }

  /**
   * Puts a question that is answered in pages, and hands on each as it comes. False when a page was not answered: what
   * came before it stands, the gap is noted, and the types are not listed.
   */
  async pages<T>(question: Question, pages: () => AsyncIterable<T>, take: (page: T) => void): Promise<boolean> {
    try {
      for await (const page of pages()) take(page);
      return true;
    } catch (error) {
      if (question.none !== undefined && isAwsError(error, ...question.none)) return true;
      this.#missed(question, error);
      return false;
    }
  }

  /** What was found. */
  result(): { readonly facts: Facts; readonly unread: readonly Unread[] } {
    return {
      facts: {
        resources: this.#resources,
        relations: this.#relations,
        policies: this.#policies,
        listedTypes: this.#listedTypes,
      },
      unread: this.#unread,
    };
  }

  #missed({ action, subject, areas }: Question, error: unknown): void {
    const { message } = awsFailure(error, action, subject);
    this.#unread.push({ environments: this.vantage.environments, areas, action, subject, reason: message });
  }
}

/** The tags of an answer as a record, whichever way the service writes them. */
export function tagsOf(
  tags:
    | readonly {
        readonly Key?: string | undefined;
        readonly Value?: string | undefined;
        readonly TagKey?: string | undefined;
        readonly TagValue?: string | undefined;
      }[]
    | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (tags ?? []).map(({ Key, Value, TagKey, TagValue }) => [Key ?? TagKey ?? '', Value ?? TagValue ?? '']),
  );
}

/** Reads one service. Throws nothing that AWS says: see {@link Reading.ask}. */
export type ServiceReader = (reading: Reading) => Promise<void>;
