import { join, relative } from 'node:path';
import type { Project } from '../../../domain/environment.js';
import type { DeclaredVariable } from '../../../domain/environment-diff/variables.js';
import type { SourceLocation } from '../../../domain/hcl-value.js';
import type { ConfiguredResource } from '../../../domain/separation/evidence.js';
import type { Configuration } from '../../../ports/configuration.js';
import { plainText } from '../body.js';
import type { Block } from './blocks.js';
import { declaredVariables } from './declared-variables.js';
import { type ModuleDirectory, readModuleDirectory } from './module-directory.js';
import { countedBy, type Module, reaching } from './root-variables.js';

/** Modules that are followed, each as often as it is called: calls of calls have to end somewhere. */
const MOST_MODULES = 1000;

interface FollowedModule extends Module {
  /** As it was named, symbolic links and all. */
  readonly path: string;
  readonly directory: ModuleDirectory;
  readonly caller: { readonly module: FollowedModule; readonly call: Block } | undefined;
  readonly children: Map<string, FollowedModule>;
}

/**
 * The configuration by its `*.tf` files and those of the local modules that it calls (`source = "./..."`).
 * Not read are registry and remote modules, `*.tf.json`, files that do not parse or are larger than 4 MiB, and a module
 * that calls itself. Nothing is evaluated.
 */
export class FileConfiguration implements Configuration {
  readonly #project: Pick<Project, 'root' | 'configurationDir'>;
  #resources: Promise<ReadonlyMap<string, ConfiguredResource>> | undefined;

  constructor(project: Pick<Project, 'root' | 'configurationDir'>) {
    this.#project = project;
  }

  /** See {@link Configuration.resources}. The files are read once. */
  resources(): Promise<ReadonlyMap<string, ConfiguredResource>> {
    this.#resources ??= this.#readResources();
    return this.#resources;
  }

  async #readResources(): Promise<ReadonlyMap<string, ConfiguredResource>> {
    const { configurationDir: path } = this.#project;
    const directory = await readModuleDirectory(path, this.#shown);
    if (directory === undefined) return new Map([['', { location: startOf(this.#shown(path)), countedBy: [] }]]);
    const root = moduleOf('', path, directory, undefined);
    return new Map((await this.#withCalled(root)).flatMap((module) => this.#entriesOf(module)));
  }

  /** See {@link Configuration.variables}. */
  async variables(): Promise<readonly DeclaredVariable[]> {
    return declaredVariables(this.#project.configurationDir, this.#shown);
  }

  /** A module with all that are called below it. Sets the children. */
  async #withCalled(root: FollowedModule): Promise<readonly FollowedModule[]> {
    const directories = new Map<string, Promise<ModuleDirectory | undefined>>();
    const read = (path: string) => {
      const reading = directories.get(path) ?? readModuleDirectory(path, this.#shown);
      directories.set(path, reading);
      return reading;
    };
    const all = [root];
    for (let level: readonly FollowedModule[] = all; level.length > 0; ) {
      const called = await Promise.all(level.map((module) => calledBy(module, read)));
      level = called.flat().slice(0, MOST_MODULES - all.length);
      for (const module of level) {
        module.caller?.module.children.set(module.caller.call.labels.join('.'), module);
        all.push(module);
      }
    }
    return all;
  }

  #entriesOf(module: FollowedModule): readonly (readonly [string, ConfiguredResource])[] {
    const { declarations, directory, caller, children } = module;
    const entries: [string, ConfiguredResource][] = [];
    if (directory.unread !== undefined) {
      const location = caller?.call.location ?? startOf(this.#shown(join(module.path, directory.unread)));
      const counted = caller === undefined ? [] : reaching(caller.module, caller.call);
      entries.push([module.address, { location, countedBy: counted }]);
    }
    for (const [name, block] of declarations.resources) {
      entries.push([within(module, name), { location: block.location, countedBy: countedBy(module, block) }]);
    }
    for (const [name, call] of declarations.calls) {
      if (children.has(name)) continue;
      const counted = reaching(module, call);
      entries.push([within(module, `module.${name}`), { location: call.location, countedBy: counted }]);
    }
    return entries;
  }

  readonly #shown = (path: string): string => relative(this.#project.root, path);
}

function moduleOf(
  address: string,
  path: string,
  directory: ModuleDirectory,
  caller: FollowedModule['caller'],
): FollowedModule {
  return { address, path, directory, declarations: directory.declarations, caller, children: new Map() };
}

/** The local modules that a module calls and that can be read. */
async function calledBy(
  module: FollowedModule,
  read: (path: string) => Promise<ModuleDirectory | undefined>,
): Promise<readonly FollowedModule[]> {
  const called = [...module.declarations.calls].map(async ([name, call]) => {
    const source = plainText(call.attributes.get('source')?.tokens ?? []);
    // Source: https://developer.hashicorp.com/terraform/language/modules/sources#local-paths
    if (source === undefined || !/^\.\.?\//.test(source)) return [];
    const path = join(module.path, source);
    const directory = await read(path);
    if (directory === undefined || isInside(module, directory)) return [];
    return [moduleOf(within(module, `module.${name}`), path, directory, { module, call })];
  });
  return (await Promise.all(called)).flat();
}

/** Whether a module is one of a directory's, or is called by one. */
function isInside(module: FollowedModule, { path }: ModuleDirectory): boolean {
  for (let around: FollowedModule | undefined = module; around !== undefined; around = around.caller?.module) {
    if (around.directory.path === path) return true;
  }
  return false;
}

function within({ address }: Module, name: string): string {
  return address === '' ? name : `${address}.${name}`;
}

function startOf(file: string): SourceLocation {
  return { file, line: 1, column: 1 };
}
