import { mkdir, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parsePriceTable, renderPriceTable } from '../../domain/cost/price-table.js';
import type { PriceTable } from '../../domain/cost/prices.js';
import { decodeUsage, Usage } from '../../domain/cost/usage.js';
import type { Project } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import type { CostSources } from '../../ports/cost-sources.js';
import type { Workspace } from '../../ports/workspace.js';
import { USAGE_FILE } from '../environments/file-names.js';
import { readTextIfThere } from '../environments/read-text.js';
import { parseHcl } from '../hcl/parse.js';

const PRICES_DIR = 'prices';

/** Price tables `prices/<region>.json` and the usage file, read anew on every call. */
export class FileCostSources implements CostSources {
  readonly #project: Project;
  /** The project's own tables come before those that ship. */
  readonly #roots: readonly string[];
  readonly #workspace: Pick<Workspace, 'writeResult'>;

  /** @param installation directory in which mhtctl is installed */
  constructor(project: Project, installation: string, workspace: Pick<Workspace, 'writeResult'>) {
    this.#project = project;
    this.#workspace = workspace;
    this.#roots = [...new Set([project.root, installation])];
  }

  async prices(region: string): Promise<PriceTable | null> {
    for (const root of this.#roots) {
      const path = join(root, PRICES_DIR, `${region}.json`);
      const shown = relative(this.#project.root, path);
      const text = await readTextIfThere(path, shown);
      if (text === undefined) continue;
      const table = parsePriceTable(text, shown);
      if (table.region === region) return table;
      throw new MhtctlError({
        code: 'InvalidPrices',
        outcome: 'usage',
        message: `the price table ${shown} is that of ${table.region}, not of ${region}`,
        nextSteps: [`mv ${shown} ${shown.replace(region, table.region)}`],
      });
    }
    return null;
  }

  async keepPrices(table: PriceTable): Promise<string> {
    const directory = join(this.#project.root, PRICES_DIR);
    const path = join(directory, `${table.region}.json`);
    const shown = relative(this.#project.root, path);
    const text = renderPriceTable(table);
    // What could not be read again is not written.
    parsePriceTable(text, shown);
    // Where the directory cannot be made, the workspace says so.
    await mkdir(directory, { recursive: true }).catch(() => undefined);
    await this.#workspace.writeResult(path, text);
    return shown;
  }

  async regions(): Promise<readonly string[]> {
    const names = await Promise.all(this.#roots.map((root) => readdir(join(root, PRICES_DIR)).catch(() => [])));
    const regions = names.flat().flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []));
    return [...new Set(regions)].sort();
  }

  async usage(environment: string, environments: readonly string[]): Promise<Usage> {
    const path = join(this.#project.configurationDir, USAGE_FILE);
    const shown = relative(this.#project.root, path);
    const text = await readTextIfThere(path, shown);
    if (text === undefined) return Usage.NONE;
    return decodeUsage(parseHcl(shown, text), environments).get(environment) ?? Usage.NONE;
  }
}
