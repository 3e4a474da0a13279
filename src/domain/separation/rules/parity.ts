import type { Binding } from '../../environment.js';
import { canonicalJson } from '../../plan.js';
import type { Evidence } from '../evidence.js';
import { blockAddress, locationOf, unreadModuleOf } from '../location.js';
import type { OpenQuestion, RuleInput, SeparationFinding, SeparationRule } from '../rule.js';

/** Addresses that a message names, and that the evidence lists: one block may have thousands. */
const MOST_NAMED = 5;
const MOST_LISTED = 50;

/** Digits of the largest number that an instance is counted by. */
const LONGEST_NUMBER = String(Number.MAX_SAFE_INTEGER).length;

/** One configuration makes all environments, and only their variables make them differ. */
export const parity: SeparationRule = {
  id: 'parity',
  title: 'environments differ only where their variables do',
  why: 'What one has and another lacks for no reason is left over, was lost, or meets production untried.',
  needs: ['state'],
  informational: true,
  find: ({ evidence, pairs }) => {
    const states = blocksOfStates(evidence);
    return [
      ...[...states].flatMap(([environment, blocks]) => leftOver(evidence, environment, blocks)),
      ...differences(evidence, states, pairs).flatMap((difference) =>
        difference.reason === 'none' ? [unexplained(evidence, difference)] : [],
      ),
    ];
  },
  open: ({ evidence, pairs }) =>
    differences(evidence, blocksOfStates(evidence), pairs).flatMap((difference) =>
      difference.reason === 'unknown' ? [untold(evidence, difference)] : [],
    ),
};

/** Addresses of instances by that of their block. */
type Blocks = ReadonlyMap<string, ReadonlySet<string>>;

/** One way in which two environments differ in a block. */
interface Difference {
  readonly block: string;
  /** The one that lacks instances, then the one that has them; where both lack some, in the order of the pair. */
  readonly environments: readonly [string, string];
  /** Addresses that the first lacks and the second has, sorted; and the other way round. */
  readonly lacks: readonly [readonly string[], readonly string[]];
  /** Why: a variable, nothing, or who knows when the block was not read. */
  readonly reason: 'variable' | 'none' | 'unknown';
}

/** By environment; those without a state are left out. */
function blocksOfStates({ environments }: Evidence): ReadonlyMap<string, Blocks> {
  const states = new Map<string, Blocks>();
  for (const { binding, state } of environments) {
    if (state === null) continue;
    const blocks = new Map<string, Set<string>>();
    for (const { address } of state.state.instances) {
      const block = blockAddress(address);
      const addresses = blocks.get(block) ?? new Set();
      blocks.set(block, addresses.add(address));
    }
    states.set(binding.name, blocks);
  }
  return states;
}

/** Every difference in a block that the configuration has, or may have. */
function differences(
  evidence: Evidence,
  states: ReadonlyMap<string, Blocks>,
  pairs: RuleInput['pairs'],
): readonly Difference[] {
  const bindings = new Map(evidence.environments.map(({ binding }) => [binding.name, binding]));
  return pairs.flatMap(([one, other]) => {
    const [mine, theirs] = [states.get(one), states.get(other)];
    const [binding, otherBinding] = [bindings.get(one), bindings.get(other)];
    if (mine === undefined || theirs === undefined || binding === undefined || otherBinding === undefined) return [];
    const blocks = [...new Set([...mine.keys(), ...theirs.keys()])].sort();
    return blocks.flatMap((block): readonly Difference[] => {
      const [here, there] = [lacking(mine, theirs, block), lacking(theirs, mine, block)];
      if (here.length + there.length === 0 || isLeftOver(evidence, block)) return [];
      const reason = reasonOf(evidence, block, binding, otherBinding);
      return here.length > 0
        ? [{ block, environments: [one, other], lacks: [here, there], reason }]
        : [{ block, environments: [other, one], lacks: [there, here], reason }];
    });
  });
}

function lacking(one: Blocks, other: Blocks, block: string): readonly string[] {
  const there = one.get(block);
  return inOrder([...(other.get(block) ?? [])].filter((address) => there?.has(address) !== true));
}

/** Addresses sorted, instance 2 before instance 10: as texts whose numbers are equally long. */
function inOrder(addresses: readonly string[]): readonly string[] {
  const padded = (address: string) => address.replace(/\d+/g, (digits) => digits.padStart(LONGEST_NUMBER, '0'));
  const keyed = addresses.map((address) => [padded(address), address] as const);
  // Two strings that are keys, like "1" and "01", may be equally long then.
  return keyed
    .sort(([one, first], [other, second]) => (one < other || (one === other && first < second) ? -1 : 1))
    .map(([, address]) => address);
}

function reasonOf({ configuration }: Evidence, block: string, one: Binding, other: Binding): Difference['reason'] {
  const unread = unreadModuleOf(configuration, block);
  const { countedBy = [] } = configuration.get(block) ?? unread ?? {};
  // A value that is missing in both files is the same default.
  if (countedBy.some((name) => canonicalJson(one.variables[name]) !== canonicalJson(other.variables[name])))
    return 'variable';
  return unread !== undefined || configuration.size === 0 ? 'unknown' : 'none';
}

/** Whether the configuration, which was read, has no such block. */
function isLeftOver({ configuration }: Evidence, block: string): boolean {
  return configuration.size > 0 && !configuration.has(block) && unreadModuleOf(configuration, block) === undefined;
}

function leftOver(evidence: Evidence, environment: string, blocks: Blocks): readonly SeparationFinding[] {
  return [...blocks.keys()]
    .filter((block) => isLeftOver(evidence, block))
    .sort()
    .map((block) => {
      const addresses = inOrder([...(blocks.get(block) ?? [])]);
      return {
        message: `${block} is in the state of "${environment}" and no longer in the configuration`,
        environment,
        other: null,
        resource: addresses[0] ?? block,
        evidence: inState(environment, addresses),
        remedy: `see it removed: mhtctl plan ${environment}; if it was renamed, write a moved block from ${block}`,
        location: null,
      };
    });
}

function unexplained(evidence: Evidence, { block, environments, lacks }: Difference): SeparationFinding {
  const [environment, other] = environments;
  const [here, there] = lacks;
  const counterpart = there.length === 0 ? '' : `, and "${other}" lacks ${named(there)}`;
  return {
    message: `"${environment}" lacks ${named(here)}, which "${other}" has${counterpart}; no variable explains it`,
    environment,
    other,
    resource: here[0] ?? block,
    evidence: [...inState(other, here), ...inState(environment, there), counting(evidence, block)],
    remedy: `see whether a deployment makes it: mhtctl plan ${environment}; or takes it away there: mhtctl plan ${other}`,
    location: locationOf(evidence, block),
  };
}

function untold({ configuration }: Evidence, { block, environments, lacks }: Difference): OpenQuestion {
  const module = unreadModuleOf(configuration, block);
  const what = module === undefined || module.address === '' ? 'the configuration' : module.address;
  return {
    environments,
    resource: block,
    reason: `"${environments[0]}" lacks ${named(lacks[0])}, and ${what} could not be read for the reason`,
  };
}

function counting({ configuration }: Evidence, block: string): string {
  const written = configuration.get(block);
  const where = written === undefined ? '' : `${written.location.file}:${written.location.line}: `;
  const variables = written?.countedBy ?? [];
  return variables.length === 0
    ? `${where}the number of ${block} depends on no variable`
    : `${where}the number of ${block} depends on ${variables.join(', ')}, the same in both`;
}

function named(addresses: readonly string[]): string {
  return andMore(addresses, MOST_NAMED).join(', ');
}

function inState(environment: string, addresses: readonly string[]): readonly string[] {
  return andMore(addresses, MOST_LISTED).map((address) => `state of "${environment}": ${address}`);
}

function andMore(addresses: readonly string[], most: number): readonly string[] {
  const more = addresses.length - most;
  return more > 0 ? [...addresses.slice(0, most), `${more} more`] : addresses;
}
