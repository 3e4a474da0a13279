import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type DecodedBackend, decodeBackend } from '../../domain/binding/backend.js';
import { decodePolicies, defaultPolicy } from '../../domain/binding/policy.js';
import { type EnvironmentBackend, refuseSharedBackends } from '../../domain/binding/shared-backends.js';
import { decodeVariables } from '../../domain/binding/variables.js';
import type { Backend, Binding, Policy, Project } from '../../domain/environment.js';
import type { EnvironmentCatalog } from '../../ports/environment-catalog.js';
import { parseHcl } from '../hcl/parse.js';
import { discoverEnvironments, refuseUnknownEnvironment } from './discovery.js';
import { backendFileName, POLICY_FILE, variablesFileName } from './file-names.js';
import { readText, readTextIfThere } from './read-text.js';

/** The environments that the files of a project's configuration directory define. Reads anew on every call. */
export class FileEnvironmentCatalog implements EnvironmentCatalog {
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  /** See {@link EnvironmentCatalog.names}. */
  async names(): Promise<readonly string[]> {
    return discoverEnvironments(this.#project);
  }

  /** See {@link EnvironmentCatalog.bind}. */
  async bind(name: string): Promise<Binding> {
    const names = await this.names();
    refuseUnknownEnvironment(name, names, this.#project);
    const { bindings, backends } = await this.#bind([name], names);
    refuseSharedBackends(backends);
    const [binding] = bindings;
    if (binding === undefined) throw new Error(`the environment ${name} was asked for and not bound`);
    return binding;
  }

  /** See {@link EnvironmentCatalog.bindAll}. */
  async bindAll(): Promise<readonly Binding[]> {
    const names = await this.names();
    const { bindings, backends } = await this.#bind(names, names);
    refuseSharedBackends(backends);
    return bindings;
  }

  /** See {@link EnvironmentCatalog.bindForComparison}. */
  async bindForComparison(wanted: readonly string[]): Promise<readonly Binding[]> {
    const names = await this.names();
    for (const name of wanted) refuseUnknownEnvironment(name, names, this.#project);
    const chosen = wanted.length === 0 ? names : names.filter((name) => wanted.includes(name));
    return (await this.#bind(chosen, names)).bindings;
  }

  /** See {@link EnvironmentCatalog.readBackend}. */
  async readBackend(file: string): Promise<Backend> {
    return decodeBackend(file, parseHcl(file, await readText(file, file))).backend;
  }

  /** See {@link EnvironmentCatalog.bindCheckout}. */
  async bindCheckout(binding: Binding, root: string, values: string): Promise<Binding> {
    const configurationDir = join(root, relative(this.#project.root, this.#project.configurationDir));
    const fileName = variablesFileName(binding.name);
    const variablesFile = join(configurationDir, fileName);
    await writeFile(variablesFile, values, { mode: 0o600 });
    const { file, text } = await this.#read(backendFileName(binding.name));
    const backend = decodeBackend(file, parseHcl(file, text));
    return {
      ...binding,
      configurationDir,
      variablesFile,
      // Modules and providers are those of that commit, so it is initialised by itself, and goes with the checkout.
      dataDir: join(root, '.terraform-data'),
      ...decodeVariables(binding.name, variablesFile, parseHcl(variablesFile, values), backend),
    };
  }

  /** Binds the environments `wanted`, and decodes the backends of all, by which one knows whether any is shared. */
  async #bind(
    wanted: readonly string[],
    all: readonly string[],
  ): Promise<{ readonly bindings: readonly Binding[]; readonly backends: readonly EnvironmentBackend[] }> {
    const [backendTexts, variablesTexts, policyText] = await Promise.all([
      Promise.all(all.map(async (name) => ({ name, ...(await this.#read(backendFileName(name))) }))),
      Promise.all(wanted.map(async (name) => ({ name, ...(await this.#read(variablesFileName(name))) }))),
      readTextIfThere(this.#path(POLICY_FILE), this.#shown(POLICY_FILE)),
    ]);
    const backends = new Map<string, DecodedBackend>();
    for (const { name, file, text } of backendTexts) backends.set(name, decodeBackend(file, parseHcl(file, text)));
    const policies = this.#policies(policyText, all);
    const bindings: Binding[] = [];
    for (const { name, file, text } of variablesTexts) {
      const backend = backends.get(name);
      if (backend === undefined) throw new Error(`the backend of ${name} was not read`);
      bindings.push({
        ...this.#paths(name),
        backend: backend.backend,
        policy: policies.get(name) ?? defaultPolicy(name),
        ...decodeVariables(name, file, parseHcl(file, text), backend),
      });
    }
    return { bindings, backends: [...backends].map(([name, decoded]) => ({ name, decoded })) };
  }

  #paths(name: string) {
    const workDir = join(this.#project.privateDir, 'environments', name);
    return {
      name,
      configurationDir: this.#project.configurationDir,
      variablesFile: this.#path(variablesFileName(name)),
      backendFile: this.#path(backendFileName(name)),
      dataDir: join(workDir, 'terraform-data'),
      workDir,
    };
  }

  #policies(text: string | undefined, names: readonly string[]): ReadonlyMap<string, Policy> {
    if (text === undefined) return new Map();
    return decodePolicies(parseHcl(this.#shown(POLICY_FILE), text), names);
  }

  async #read(fileName: string): Promise<{ readonly file: string; readonly text: string }> {
    const file = this.#shown(fileName);
    return { file, text: await readText(this.#path(fileName), file) };
  }

  #path(fileName: string): string {
    return join(this.#project.configurationDir, fileName);
  }

  /** Messages name files from the project's root, so that they read the same on every machine. */
  #shown(fileName: string): string {
    return relative(this.#project.root, this.#path(fileName));
  }
}
