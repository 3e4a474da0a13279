// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of HCL.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { updateReadmes } from '../../../scripts/module-docs/update-readmes.js';
import { failureOf } from '../hcl/failure.js';

const MARKERS = '<!-- BEGIN GENERATED: inputs and outputs -->\n<!-- END GENERATED -->\n';
const SHOWN = 'terraform/modules';
const made: string[] = [];
let modulesDir: string;

beforeEach(async () => {
  modulesDir = await mkdtemp(join(tmpdir(), 'mhtctl-modules-'));
  made.push(modulesDir);
});
afterAll(() => Promise.all(made.map((directory) => rm(directory, { recursive: true, force: true }))));

async function write(path: string, text: string) {
  await mkdir(dirname(join(modulesDir, path)), { recursive: true });
  await writeFile(join(modulesDir, path), text);
}

const update = (check: boolean) => updateReadmes({ modulesDir, shown: SHOWN, check });

describe('updateReadmes', () => {
  it('writes the tables between the markers and leaves the rest', async () => {
    await write('queues/README.md', `# Queues\n\nWhy.\n\n${MARKERS}\n## Notes\n`);
    await write(
      'queues/variables.tf',
      [
        'variable "name" {',
        '  description = "Name, <project>-<environment>, or `<x>`."',
        '  type        = string',
        '  validation {',
        '    condition     = var.name != "" || true',
        '    error_message = "Set ${"name"}."',
        '  }',
        '}',
        'variable "queues" {',
        '  description = "One a | two."',
        '  type = map(object({',
        '    depth = number',
        '  }))',
        '  default = {',
        '    a = { depth = 1 }',
        '  }',
        '}',
        'variable "anything" {',
        '  default = null',
        '}',
        '',
      ].join('\n'),
    );
    await write('queues/outputs.tf', 'output "arn" {\n  description = "The ARN."\n  value = local.arn\n}\n');
    expect(await update(false)).toEqual(['terraform/modules/queues/README.md']);
    expect(await readFile(join(modulesDir, 'queues/README.md'), 'utf8')).toBe(
      [
        '# Queues',
        '',
        'Why.',
        '',
        '<!-- BEGIN GENERATED: inputs and outputs -->',
        '',
        '## Inputs',
        '',
        '| Name | Description | Type | Default | Required |',
        '|---|---|---|---|---|',
        '| `name` | Name, &lt;project>-&lt;environment>, or `<x>`. | `string` |  | yes |',
        '| `queues` | One a \\| two. | `map(object({ depth = number }))` | `{ a = { depth = 1 } }` | no |',
        '| `anything` |  | `any` | `null` | no |',
        '',
        '## Outputs',
        '',
        '| Name | Description |',
        '|---|---|',
        '| `arn` | The ARN. |',
        '',
        '<!-- END GENERATED -->',
        '',
        '## Notes',
        '',
      ].join('\n'),
    );
    expect(await update(true)).toEqual([]);
    expect(await update(false)).toEqual([]);
  });

  it('names what is stale and writes nothing when it only checks', async () => {
    await write('a/README.md', MARKERS);
    await write('b/README.md', MARKERS);
    await update(false);
    await write('b/outputs.tf', 'output "x" {\n  value = 1\n}\n');
    const before = await readFile(join(modulesDir, 'b/README.md'), 'utf8');
    expect(await update(true)).toEqual(['terraform/modules/b/README.md']);
    expect(await readFile(join(modulesDir, 'b/README.md'), 'utf8')).toBe(before);
    expect(before).toContain('## Inputs\n\nNone.\n\n## Outputs\n\nNone.\n');
  });

  it.each([
    ['no markers', '# A\n', 'has not the two markers'],
    ['the markers twice', MARKERS + MARKERS, 'has not the two markers'],
    ['the markers the wrong way round', MARKERS.split('\n').reverse().join('\n'), 'has not the two markers'],
  ])('fails on a README with %s', async (_, readme, problem) => {
    await write('a/README.md', readme);
    const error = await failureOf(update(false));
    expect(error).toMatchObject({ code: 'ModuleReadme', outcome: 'usage' });
    expect(error.message).toContain(`terraform/modules/a/README.md ${problem}`);
    expect(await readFile(join(modulesDir, 'a/README.md'), 'utf8')).toBe(readme);
  });

  it('fails on a module without a README', async () => {
    await write('a/main.tf', '');
    expect((await failureOf(update(true))).message).toBe('terraform/modules/a/README.md is missing');
  });

  it('fails on a syntax error of the module with its file and line', async () => {
    await write('a/README.md', MARKERS);
    await write('a/variables.tf', 'variable "x" {\n  type = \n}\n');
    expect((await failureOf(update(true))).message).toContain('syntax error at terraform/modules/a/variables.tf:2:');
  });
});
