import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileVariables } from '../../../src/adapters/environments/file-variables.js';
import { FileWorkspace } from '../../../src/adapters/system/file-workspace.js';
import { bindingOf } from '../../support/bindings.js';
import { failureOf } from '../../support/failure.js';

const TEXT = '# Staging.\nenvironment = "staging" # its name\n';

describe('a tfvars file', () => {
  let root: string;
  let file: string;
  let files: FileVariables;
  const staging = () => bindingOf('staging', { variablesFile: file });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'variables-'));
    const configurationDir = join(root, 'terraform');
    mkdirSync(configurationDir);
    file = join(configurationDir, 'terraform.tfvars.staging');
    writeFileSync(file, TEXT);
    files = new FileVariables(
      { root },
      new FileWorkspace({ root, configurationDir, privateDir: join(root, '.mhtctl') }),
    );
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const read = () => readFileSync(file, 'utf8');

  it('takes a value and gives it back, and is then as it was', async () => {
    expect(await files.set(staging(), 'off_hours', { start: '07:00' })).toBe(true);
    expect(read()).toBe(`${TEXT}\noff_hours = {\n  start = "07:00"\n}\n`);
    expect(await files.remove(staging(), 'off_hours')).toBe(true);
    expect([read(), readdirSync(join(root, 'terraform'))]).toEqual([TEXT, ['terraform.tfvars.staging']]);
  });

  it('is not written where that would change nothing', async () => {
    const { mtimeMs } = statSync(file);
    expect(await files.remove(staging(), 'off_hours')).toBe(false);
    expect(await files.set(staging(), 'environment', 'staging')).toBe(false);
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });

  it('that does not parse is left as it is, and its line named', async () => {
    writeFileSync(file, 'environment = "staging"\nbroken = [\n');
    const failure = await failureOf(files.set(staging(), 'off_hours', null));
    expect([failure.code, failure.exitCode]).toEqual(['HclSyntax', 2]);
    expect(failure.message).toContain('terraform/terraform.tfvars.staging:2');
    expect(read()).toBe('environment = "staging"\nbroken = [\n');
  });

  it('that is not UTF-8 is refused', async () => {
    writeFileSync(file, Buffer.from([0x23, 0xff, 0x0a]));
    expect((await failureOf(files.set(staging(), 'off_hours', null))).code).toBe('UnreadableFile');
  });
});
