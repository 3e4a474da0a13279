import { relative } from 'node:path';
import type { Binding, Project } from '../../domain/environment.js';
import type { HclValue } from '../../domain/hcl-value.js';
import type { VariablesFiles } from '../../ports/variables-files.js';
import type { Workspace } from '../../ports/workspace.js';
import { withAttribute, withoutAttribute } from '../hcl/edit-attribute.js';
import { readText } from './read-text.js';

/** The tfvars files of a project. */
export class FileVariables implements VariablesFiles {
  constructor(
    private readonly project: Pick<Project, 'root'>,
    private readonly workspace: Pick<Workspace, 'rewrite'>,
  ) {}

  set(binding: Binding, name: string, value: HclValue): Promise<boolean> {
    return this.#edit(binding, (shown, text) => withAttribute(shown, text, name, value));
  }

  remove(binding: Binding, name: string): Promise<boolean> {
    return this.#edit(binding, (shown, text) => withoutAttribute(shown, text, name));
  }

  async #edit({ variablesFile }: Binding, edit: (shown: string, text: string) => string): Promise<boolean> {
    const shown = relative(this.project.root, variablesFile);
    const before = await readText(variablesFile, shown);
    const after = edit(shown, before);
    if (after === before) return false;
    await this.workspace.rewrite(variablesFile, after);
    return true;
  }
}
