import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { takeErroredState, unsavedStates } from '../../../../src/adapters/terraform/errored-state.js';
import type { Binding } from '../../../../src/domain/environment.js';
import { bindingOf } from '../../../fakes/bindings.js';
import { LINEAGE } from '../../../fakes/plans.js';

let root: string;
let binding: Binding;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'mhtctl-errored-'));
  binding = bindingOf('staging', { configurationDir: join(root, 'terraform'), workDir: join(root, 'work', 'staging') });
  await mkdir(binding.configurationDir);
});

afterEach(() => rm(root, { recursive: true, force: true }));

const left = () => join(binding.configurationDir, 'errored.tfstate');
const own = () => join(binding.workDir, 'errored.tfstate');
const leave = (lineage = LINEAGE, serial = 8, file = left()) =>
  writeFile(file, JSON.stringify({ version: 4, lineage, serial }), { mode: 0o644 });
const EARLIER = new Date(0);
const LATER = new Date(Date.now() + 3_600_000);

describe('a state that an apply has left', () => {
  it.each([
    ['its lineage is that of the plan', LINEAGE, LATER],
    ['it was written since, and the plan knew no lineage', '', EARLIER],
  ])("becomes the environment's own, read by nobody else, when %s", async (_, lineage, since) => {
    await leave();
    await takeErroredState(binding, { lineage, since });
    expect(await readdir(binding.configurationDir)).toEqual([]);
    expect((await stat(own())).mode & 0o777).toBe(0o600);
    expect((await stat(binding.workDir)).mode & 0o777).toBe(0o700);
    expect(JSON.parse(await readFile(own(), 'utf8'))).toMatchObject({ lineage: LINEAGE, serial: 8 });
  });

  it.each([
    ['of another lineage', 'other', EARLIER],
    ['older than the apply, of a plan that knew no lineage', '', LATER],
  ])('is left alone when it is %s', async (_, lineage, since) => {
    await leave();
    await takeErroredState(binding, { lineage, since });
    expect(await readdir(binding.configurationDir)).toEqual(['errored.tfstate']);
  });

  it('replaces none that was kept before', async () => {
    await mkdir(binding.workDir, { recursive: true });
    await leave(LINEAGE, 5, own());
    await leave(LINEAGE, 8);
    await takeErroredState(binding, { lineage: LINEAGE, since: EARLIER });
    const kept = await readdir(binding.workDir);
    expect(kept).toHaveLength(2);
    const serials = await Promise.all(
      kept.map(async (name) => JSON.parse(await readFile(join(binding.workDir, name), 'utf8')).serial as number),
    );
    expect(serials.sort()).toEqual([5, 8]);
    expect(JSON.parse(await readFile(own(), 'utf8'))).toMatchObject({ serial: 8 });
  });

  it('is mostly not there', async () => {
    await expect(takeErroredState(binding, { lineage: LINEAGE, since: EARLIER })).resolves.toBeUndefined();
    expect(await readdir(root)).toEqual(['terraform']);
  });
});

describe('the states that were not saved', () => {
  it('are none', async () => {
    expect(await unsavedStates(binding, LINEAGE)).toEqual({ own: null, stray: null });
  });

  it('are taken in when they are of the lineage of the environment', async () => {
    await leave();
    expect(await unsavedStates(binding, LINEAGE)).toEqual({
      own: { file: own(), lineage: LINEAGE, serial: 8 },
      stray: null,
    });
    expect(await readdir(binding.configurationDir)).toEqual([]);
    expect(await unsavedStates(binding, undefined)).toMatchObject({ own: { serial: 8 } });
  });

  it.each([['other'], [undefined], ['']])('are named and left where they are for the lineage %j', async (lineage) => {
    await leave();
    expect(await unsavedStates(binding, lineage)).toEqual({ own: null, stray: left() });
    expect(await readdir(binding.configurationDir)).toEqual(['errored.tfstate']);
  });

  it.each(['', '{"version": 4, "lin', 'null', '[]'])('are not overlooked when their text is %j', async (text) => {
    await mkdir(binding.workDir, { recursive: true });
    await writeFile(own(), text);
    expect((await unsavedStates(binding, LINEAGE)).own).toEqual({ file: own(), lineage: '', serial: 0 });
  });
});
