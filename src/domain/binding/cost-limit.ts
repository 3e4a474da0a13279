import type { CostLimit } from '../environment.js';
import type { HclBlock } from '../hcl-value.js';
import { editLine, invalidConfiguration, place, written } from './invalid-configuration.js';
import { KnownAttributes } from './known-attributes.js';

/** More than this a month is taken for a mistake. */
const MOST = 1_000_000_000;
const REACTIONS: Readonly<Record<string, CostLimit['onExcess']>> = { refuse: 'refuse', warn: 'warn' };

/** Decodes the `cost` blocks of an environment's policy; undefined when there is none. Fails (exit 2) on nonsense. */
export function decodeCostLimit(blocks: readonly HclBlock[]): CostLimit | undefined {
  const [block, second] = blocks;
  if (block === undefined) return undefined;
  const extra = second ?? block.body.blocks[0];
  if (extra !== undefined || block.labels.length > 0) {
    const { type, location } = extra ?? block;
    throw invalidConfiguration(
      'InvalidPolicy',
      `unexpected "${type}" block at ${place(location)}; an environment has one cost block, without labels and blocks`,
      [editLine(location, 'cost {')],
    );
  }
  const attributes = new KnownAttributes(block.body.attributes, {
    known: { max_monthly: 'number', max_increase: 'number', on_excess: 'string' },
    what: 'cost attribute',
    code: 'InvalidPolicy',
  });
  const [maxMonthly, maxIncrease] = [money(attributes, 'max_monthly'), money(attributes, 'max_increase')];
  if (maxMonthly === undefined && maxIncrease === undefined) {
    throw invalidConfiguration(
      'InvalidPolicy',
      `the cost block at ${place(block.location)} limits nothing; it needs max_monthly or max_increase`,
      [editLine(block.location, 'add max_monthly = 100 below it')],
    );
  }
  return { maxMonthly, maxIncrease, onExcess: reaction(attributes) };
}

function money(attributes: KnownAttributes, name: string): number | undefined {
  const attribute = attributes.get(name);
  const value = attributes.number(name);
  if (attribute === undefined || value === undefined || (value >= 0 && value <= MOST)) return value;
  const { location } = attribute;
  throw invalidConfiguration(
    'InvalidPolicy',
    `${name} = ${written(value)} at ${place(location)} is no amount of money from 0 to ${MOST}`,
    [editLine(location, `${name} = 100`)],
  );
}

function reaction(attributes: KnownAttributes): CostLimit['onExcess'] {
  const attribute = attributes.get('on_excess');
  const value = attributes.string('on_excess');
  if (attribute === undefined || value === undefined) return 'refuse';
  const known = Object.hasOwn(REACTIONS, value) ? REACTIONS[value] : undefined;
  if (known !== undefined) return known;
  throw invalidConfiguration(
    'InvalidPolicy',
    `on_excess = ${written(value)} at ${place(attribute.location)} is neither "refuse" nor "warn"`,
    [editLine(attribute.location, 'on_excess = "refuse"')],
  );
}
