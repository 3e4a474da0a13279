import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Command } from '@oclif/core';

/**
 * What scripts rely on: commands, arguments and flags. A change here is a change of the public contract; it is made on
 * purpose, here and in the README, or not at all.
 */
const CONTRACT: Readonly<
  Record<string, { readonly args: readonly string[]; readonly flags: readonly string[]; readonly json: boolean }>
> = {
  bootstrap: { args: ['environment'], flags: ['confirm', 'yes'], json: true },
  'cost-report': { args: ['environment'], flags: ['compare', 'format', 'no-actual', 'output'], json: true },
  deploy: {
    args: ['environment'],
    flags: ['allow-destroy', 'confirm', 'dry-run', 'lock-timeout', 'plan', 'plan-digest', 'skip-gate', 'yes'],
    json: true,
  },
  diff: { args: ['environment', 'other'], flags: ['all', 'resources'], json: true },
  destroy: { args: ['environment'], flags: ['confirm', 'dry-run', 'lock-timeout'], json: true },
  doctor: { args: [], flags: [], json: true },
  drift: { args: ['environment'], flags: ['all', 'format', 'output'], json: true },
  env: { args: ['environment'], flags: ['format', 'reveal'], json: true },
  health: { args: ['environment'], flags: ['interval', 'watch'], json: true },
  history: { args: ['environment'], flags: ['limit', 'show'], json: true },
  import: {
    args: ['environment', 'address', 'id'],
    flags: ['confirm', 'dry-run', 'lock-timeout', 'yes'],
    json: true,
  },
  'local down': { args: [], flags: [], json: true },
  'local env': { args: [], flags: [], json: true },
  'local status': { args: [], flags: [], json: true },
  'local up': { args: [], flags: ['port'], json: true },
  migrate: {
    args: [],
    flags: [
      'as',
      'confirm',
      'dry-run',
      'from-backend',
      'from-state',
      'lock-timeout',
      'override-evidence',
      'undo',
      'yes',
    ],
    json: true,
  },
  plan: { args: ['environment'], flags: ['out'], json: true },
  rollback: {
    args: ['environment'],
    flags: ['allow-destroy', 'confirm', 'dry-run', 'lock-timeout', 'to', 'yes'],
    json: true,
  },
  schedule: { args: ['environment'], flags: ['days', 'remove', 'start', 'stop', 'time-zone'], json: true },
  start: { args: ['environment'], flags: ['confirm', 'lock-timeout', 'yes'], json: true },
  'state names': { args: ['environment'], flags: [], json: true },
  'prices refresh': { args: [], flags: ['dry-run', 'region', 'yes'], json: true },
  'state backup': { args: ['environment'], flags: ['output'], json: true },
  'state list': { args: ['environment'], flags: ['limit'], json: true },
  'state restore': {
    args: ['environment', 'version'],
    flags: ['confirm', 'dry-run', 'lock-timeout', 'yes'],
    json: true,
  },
  status: { args: [], flags: [], json: true },
  stop: { args: ['environment'], flags: ['confirm', 'lock-timeout', 'yes'], json: true },
  switch: { args: ['environment'], flags: [], json: true },
  terraform: { args: ['environment'], flags: ['confirm', 'yes'], json: false },
  unlock: { args: ['environment'], flags: ['id'], json: true },
  'verify-separation': {
    args: ['environment'],
    flags: ['check', 'format', 'output', 'sign', 'strict'],
    json: true,
  },
};

const directory = join(import.meta.dirname, '../../../src/commands');
const files = (await readdir(directory, { recursive: true })).filter((file) => file.endsWith('.ts')).sort();

async function commandOf(file: string): Promise<Command.Class> {
  return ((await import(join(directory, file))) as { default: Command.Class }).default;
}

describe('the commands', () => {
  it('are those of the contract, no more and no less', () => {
    const names = files.map((file) => file.replace(/\.ts$/, '').replaceAll('/', ' '));
    expect(names.sort()).toEqual(Object.keys(CONTRACT).sort());
  });

  it.each(Object.entries(CONTRACT))('%s takes its arguments and flags', async (name, { args, flags, json }) => {
    const command = await commandOf(`${name.replaceAll(' ', '/')}.ts`);
    expect(Object.keys(command.args ?? {})).toEqual(args);
    expect(Object.keys(command.flags ?? {}).sort()).toEqual(flags);
    expect(Object.keys(command.baseFlags ?? {})).toEqual(['no-color']);
    expect(command.enableJsonFlag).toBe(json);
    expect(command.summary).toMatch(/^[A-Z].*\.$/);
  });
});
