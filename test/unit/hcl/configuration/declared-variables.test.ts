import { afterAll, describe, expect, it } from '@jest/globals';
import { FileConfiguration } from '../../../../src/adapters/hcl/configuration/file-configuration.js';
import { failureOf } from '../../../fakes/failure.js';
import { projectWith, removeProjects } from '../../environments/project-files.js';

afterAll(removeProjects);

const variablesIn = async (files: Readonly<Record<string, string>>) =>
  new FileConfiguration(await projectWith(files)).variables();

describe('the variables of a configuration', () => {
  it('have their default as a value where it is a literal, and as it is written where it is not', async () => {
    const text =
      'variable "a" {\n  default = { x = [1, true] }\n}\nvariable "b" {\n  default = max(1, 2)\n}\nvariable "c" {}\n';
    expect(await variablesIn({ 'variables.tf': text })).toEqual([
      {
        name: 'a',
        default: { value: { x: [1, true] }, expression: '{ x = [1, true] }' },
        sensitive: false,
        nullable: true,
      },
      { name: 'b', default: { value: undefined, expression: 'max(1, 2)' }, sensitive: false, nullable: true },
      { name: 'c', default: undefined, sensitive: false, nullable: true },
    ]);
  });

  it.each([
    ['sensitive = true', true],
    ['sensitive = false', false],
    ['sensitive = local.x', true],
    ['type = string', false],
  ])('are secret with %s: %s', async (line, sensitive) => {
    expect(await variablesIn({ 'a.tf': `variable "a" {\n  ${line}\n}\n` })).toMatchObject([{ sensitive }]);
  });

  it('may take no null', async () => {
    expect(await variablesIn({ 'a.tf': 'variable "a" {\n  nullable = false\n}\n' })).toMatchObject([
      { nullable: false },
    ]);
  });

  it('are those of every file, as override files say', async () => {
    const found = await variablesIn({
      'a_override.tf': 'variable "b" {\n  default = 2\n}\n',
      'a.tf': 'resource "x" "y" {}\nvariable "a" {}\n',
      'b.tf': 'variable "b" {\n  default   = 1\n  sensitive = true\n}\n',
      'c.txt': 'variable "c" {}\n',
    });
    expect(found.map(({ name, default: written, sensitive }) => [name, written?.value, sensitive])).toEqual([
      ['a', undefined, false],
      ['b', 2, true],
    ]);
  });

  it('are refused in a file that does not parse, with its line', async () => {
    const failure = await failureOf(() => variablesIn({ 'a.tf': 'variable "a" {\n  default = [\n}\n' }));
    expect(failure.exitCode).toBe(2);
    expect(failure.message).toContain('terraform/a.tf:');
  });
});
