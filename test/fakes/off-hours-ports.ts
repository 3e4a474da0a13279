import type { Binding } from '../../src/domain/environment.js';
import type { HclValue } from '../../src/domain/hcl-value.js';
import type { InstanceState, LiveInstance } from '../../src/domain/off-hours/instances.js';
import type { Instances } from '../../src/ports/instances.js';
import type { VariablesFiles } from '../../src/ports/variables-files.js';

/** Instances that take one look to get from one state to the next. */
export class FakeInstances implements Instances {
  readonly live = new Map<string, LiveInstance>();
  /** What asking EC2 about an instance fails with, by id. */
  readonly refused = new Map<string, Error>();
  /** Where a transition ends instead, by id. */
  readonly endsAs = new Map<string, InstanceState>();
  /** Instances that never arrive. */
  readonly stuck = new Set<string>();
  /** Called at each look, before it is answered. */
  onLook: () => void = () => undefined;

  constructor(readonly journal: string[]) {}

  /** Puts an instance there. */
  has(id: string, state: InstanceState, tags: Readonly<Record<string, string>> = { Environment: 'staging' }): void {
    this.live.set(id, { id, state, tags, reason: undefined });
  }

  async describe(_: Binding, ids: readonly string[]): Promise<readonly LiveInstance[]> {
    this.onLook();
    const seen = [...this.live.values()].filter(({ id }) => ids.includes(id));
    for (const instance of seen) this.#advance(instance);
    return seen;
  }

  async stop(_: Binding, id: string): Promise<void> {
    this.#request('stop', id, 'stopping');
  }

  async start(_: Binding, id: string): Promise<void> {
    this.#request('start', id, 'pending');
  }

  #request(verb: string, id: string, state: InstanceState): void {
    this.journal.push(`instances.${verb} ${id}`);
    const failure = this.refused.get(id);
    if (failure !== undefined) throw failure;
    const known = this.live.get(id);
    if (known !== undefined) this.live.set(id, { ...known, state });
  }

  #advance(instance: LiveInstance): void {
    const arrived = ({ stopping: 'stopped', pending: 'running' } as const)[instance.state as 'stopping' | 'pending'];
    if (arrived === undefined || this.stuck.has(instance.id)) return;
    const state = this.endsAs.get(instance.id) ?? arrived;
    const reason = state === arrived ? undefined : 'Client.InternalError: Client error on launch';
    this.live.set(instance.id, { ...instance, state, reason });
  }
}

/** Values that were set, by variable; undefined where one was taken out. */
export class FakeVariablesFiles implements VariablesFiles {
  readonly edits: { readonly environment: string; readonly name: string; readonly value: HclValue | undefined }[] = [];
  failure: unknown;

  constructor(readonly journal: string[]) {}

  async set({ name: environment, variableSources }: Binding, name: string, value: HclValue): Promise<boolean> {
    this.#edit(environment, name, value);
    return JSON.stringify(variableSources[name]?.value) !== JSON.stringify(value);
  }

  async remove({ name: environment, variableSources }: Binding, name: string): Promise<boolean> {
    this.#edit(environment, name, undefined);
    return Object.hasOwn(variableSources, name);
  }

  #edit(environment: string, name: string, value: HclValue | undefined): void {
    this.journal.push('variablesFiles.edit');
    if (this.failure !== undefined) throw this.failure;
    this.edits.push({ environment, name, value });
  }
}
