import { MhtctlError } from './errors.js';
import type { Json } from './plan.js';
import { StateSplitter } from './state-splitter.js';

/** An output of a state. */
export interface StateOutput {
  readonly value: Json;
  readonly sensitive: boolean;
}

/** A resource instance of a state, as far as it identifies itself. */
export interface StateInstance {
  readonly address: string;
  readonly type: string;
  readonly attributes: { readonly [name: string]: Json };
}

/** A Terraform state, format version 4. */
export interface State {
  readonly lineage: string;
  readonly serial: number;
  readonly terraformVersion: string;
  readonly outputs: Readonly<Record<string, StateOutput>>;
  /** Managed instances. */
  readonly instances: readonly StateInstance[];
  /** What was read for them; documents that are only put together for a resource, which has them, are left out. */
  readonly dataSources: readonly StateInstance[];
}

/** A state as it lies in its backend. */
export interface StateObject {
  readonly state: State;
  /** S3's version of the object; null where the bucket keeps no versions. */
  readonly versionId: string | null;
  /** ARN of the KMS key the object is encrypted with; null when S3's own key is used. */
  readonly kmsKeyArn: string | null;
  /** `sha256:` over the object's bytes. */
  readonly digest: string;
}

interface RawInstance {
  readonly index_key?: string | number;
  readonly attributes?: { readonly [name: string]: Json };
}

interface RawResource {
  readonly mode: string;
  readonly module?: string;
  readonly type: string;
  readonly name: string;
  readonly instances?: readonly RawInstance[];
}

interface RawState {
  readonly version?: unknown;
  readonly lineage?: string;
  readonly serial?: number;
  readonly terraform_version?: string;
  readonly outputs?: Record<string, { value?: Json; sensitive?: boolean }>;
  /** Each an empty object: they are read by themselves. */
  readonly resources?: readonly unknown[];
}

/** Reads a state file's text that is there as a whole; see {@link StateReader}. */
export function parseState(text: string, origin: string, environment?: string): State {
  const reader = new StateReader(origin, environment);
  reader.feed(text);
  return reader.end();
}

/**
 * Reads a state file's text piece by piece, one resource at a time: of a large state neither the text nor what JSON makes
 * of it is ever held whole.
 */
export class StateReader {
  readonly #origin: string;
  readonly #environment: string | undefined;
  readonly #splitter = new StateSplitter((text) => this.#take(text));
  readonly #instances: StateInstance[] = [];
  readonly #dataSources: StateInstance[] = [];
  readonly #texts = new Map<string, string>();
  #characters = 0;
  #resources = 0;
  #notJson: { readonly cause: unknown } | undefined;
  #misshapen: string | undefined;

  /**
   * @param origin where the text comes from, for messages
   * @param environment whose state it is, where there is one to go back to
   */
  constructor(origin: string, environment?: string) {
    this.#origin = origin;
    this.#environment = environment;
  }

  /** Takes the next piece. */
  feed(text: string): void {
    this.#characters += text.length;
    this.#splitter.feed(text);
  }

  /**
   * The state, once all of the text was fed. Fails (exit 5) with `StateUnreadable` when it is not JSON or not of a state's
   * shape, and `StateVersionUnknown` when its version is not 4.
   */
  end(): State {
    const raw = this.#document();
    if (raw === null || typeof raw !== 'object' || raw.version !== 4) {
      throw new MhtctlError({
        code: 'StateVersionUnknown',
        outcome: 'toolFailed',
        message: `the state at ${this.#origin} has version ${JSON.stringify(raw?.version ?? null)}; mhtctl reads version 4`,
        nextSteps: ['mhtctl doctor'],
      });
    }
    const misshapen = whatIsMisshapen(raw, this.#resources) ?? this.#misshapen;
    if (misshapen !== undefined) throw this.#unreadable(`is not one that Terraform writes: ${misshapen}`);
    const outputs = Object.entries(raw.outputs ?? {}).map(
      ([name, output]) => [name, { value: output.value ?? null, sensitive: output.sensitive === true }] as const,
    );
    return {
      lineage: raw.lineage ?? '',
      serial: raw.serial ?? 0,
      terraformVersion: raw.terraform_version ?? '',
      outputs: Object.fromEntries(outputs),
      instances: this.#instances,
      dataSources: this.#dataSources,
    };
  }

  #document(): RawState {
    try {
      if (this.#notJson !== undefined) throw this.#notJson.cause;
      return JSON.parse(this.#splitter.end()) as RawState;
    } catch (cause) {
      throw this.#unreadable(`is not JSON (${this.#characters} characters)`, cause);
    }
  }

  #take(text: string): void {
    this.#resources += 1;
    let resource: unknown;
    try {
      resource = JSON.parse(text);
    } catch (cause) {
      this.#notJson ??= { cause };
      return;
    }
    if (!isResource(resource)) {
      this.#misshapen ??= NO_RESOURCES;
      return;
    }
    const instances = resource.instances ?? [];
    if (!Array.isArray(instances) || !instances.every(isFields)) {
      this.#misshapen ??= 'instances are no list of objects';
      return;
    }
    const kept = this.#kindOf(resource);
    if (kept === undefined) return;
    for (const instance of instances) {
      this.#shareTexts(instance as Record<string, unknown>, new Map());
      kept.push(toInstance(resource, instance));
    }
  }

  /** Where a resource's instances are kept; undefined where they are not. */
  #kindOf({ mode, type }: RawResource): StateInstance[] | undefined {
    if (mode === 'managed') return this.#instances;
    return mode === 'data' && !PUT_TOGETHER.has(type) ? this.#dataSources : undefined;
  }

  /** Keeps a text once that a resource has twice, as its id and its tag, or many resources have, as the ARN of a key. */
  #shareTexts(container: Record<string, unknown>, own: Map<string, string>): void {
    for (const name in container) {
      const value = container[name];
      if (typeof value === 'object' && value !== null) this.#shareTexts(value as Record<string, unknown>, own);
      else if (typeof value === 'string' && value.length > 10) {
        const texts = value.length < SHARED_FROM ? own : this.#texts;
        const known = texts.get(value);
        if (known === undefined) texts.set(value, value);
        else container[name] = known;
      }
    }
  }

  #unreadable(what: string, cause?: unknown): MhtctlError {
    return unreadable(this.#origin, this.#environment, what, cause);
  }
}

/** Characters of a text from which on it is worth the while to look whether another resource has it. */
const SHARED_FROM = 40;

/** Data sources that read nothing. There may be as many as there are policies. */
const PUT_TOGETHER: ReadonlySet<string> = new Set(['aws_iam_policy_document']);

const NO_RESOURCES = 'resources are no list of resources';

/** The state bucket keeps every version: the next steps lead back to one. */
function unreadable(origin: string, environment: string | undefined, what: string, cause?: unknown): MhtctlError {
  return new MhtctlError({
    code: 'StateUnreadable',
    outcome: 'toolFailed',
    message: `the state at ${origin} ${what}`,
    nextSteps:
      environment === undefined
        ? []
        : [
            `list its versions: mhtctl state list ${environment}`,
            `go back to one: mhtctl state restore ${environment} VERSION`,
          ],
    cause,
  });
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * The first thing in a state, but for its resources, that is not as the rest of mhtctl takes it to be. What is missing is
 * taken for empty.
 * @param count how many objects are in the list of resources
 */
function whatIsMisshapen(raw: object, count: number): string | undefined {
  const { lineage, serial, outputs, resources } = raw as Fields;
  if (typeof (lineage ?? '') !== 'string') return 'lineage is no text';
  if (typeof (serial ?? 0) !== 'number') return 'serial is no number';
  if (!isFields(outputs ?? {}) || !Object.values(outputs ?? {}).every(isFields))
    return 'outputs are no objects by name';
  const list = resources ?? [];
  return Array.isArray(list) && list.length === count ? undefined : NO_RESOURCES;
}

function isResource(value: unknown): value is RawResource {
  return isFields(value) && ['mode', 'type', 'name'].every((field) => typeof value[field] === 'string');
}

function toInstance(resource: RawResource, instance: RawInstance): StateInstance {
  const key = instance.index_key === undefined ? '' : `[${JSON.stringify(instance.index_key)}]`;
  const module = resource.module === undefined ? '' : `${resource.module}.`;
  return {
    address: `${module}${resource.mode === 'data' ? 'data.' : ''}${resource.type}.${resource.name}${key}`,
    type: resource.type,
    attributes: instance.attributes ?? {},
  };
}

/** The state's outputs as plain values, with the sensitive ones replaced by `(sensitive)`. */
export function visibleOutputs(state: State | null): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(state?.outputs ?? {}).map(([name, { value, sensitive }]) => [
      name,
      sensitive ? '(sensitive)' : value,
    ]),
  );
}

/** An output that is a string; undefined when it is missing or something else. */
export function stringOutput(state: State | null, name: string): string | undefined {
  const value = state?.outputs[name]?.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An output that is a list of strings; empty when it is missing. */
export function listOutput(state: State | null, name: string): readonly string[] {
  const value = state?.outputs[name]?.value;
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
