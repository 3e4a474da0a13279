import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PRICE_KEYS } from '../../../../src/domain/cost/prices.js';
import { RESOURCE_TYPES } from '../../../../src/domain/cost/types/index.js';
import { shippedPrices } from '../../../support/cost.js';

const terraform = join(import.meta.dirname, '../../../../terraform');

/** Every resource type that a configuration file below `terraform/` declares. */
async function declaredTypes(): Promise<readonly string[]> {
  const names = await readdir(terraform, { recursive: true });
  const files = names.filter((name) => name.endsWith('.tf') && !name.includes('.terraform'));
  const texts = await Promise.all(files.map((file) => readFile(join(terraform, file), 'utf8')));
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/^resource\s+"(\w+)"/gm)].map(([, type = '']) => type))),
  ];
}

describe('the resource types', () => {
  it('are all that the modules can create, each priced or free', async () => {
    const types = await declaredTypes();
    expect(types).toContain('aws_nat_gateway');
    expect(types.filter((type) => !Object.hasOwn(RESOURCE_TYPES, type))).toEqual([]);
  });

  it('assume use that their own limits allow', () => {
    const assumptions = Object.values(RESOURCE_TYPES).flatMap(({ usage }) => Object.entries(usage));
    expect(assumptions.length).toBeGreaterThan(20);
    for (const [name, { value, most, what }] of assumptions) {
      expect([name, value >= 0 && value <= most, what.length > 0]).toEqual([name, true, true]);
    }
  });

  it('have each assumption in the documentation', async () => {
    const text = await readFile(join(terraform, '../docs/cost.md'), 'utf8');
    const rows = Object.entries(RESOURCE_TYPES).flatMap(([type, { usage }]) =>
      Object.entries(usage).map(([name, { value, what }]) => `| ${type} | ${name} | ${value} | ${what} |`),
    );
    expect(rows.filter((row) => !text.includes(row))).toEqual([]);
  });

  it('find every product in the shipped table', async () => {
    const { prices } = await shippedPrices();
    expect(PRICE_KEYS.filter((key) => !prices.has(key))).toEqual([]);
  });
});
