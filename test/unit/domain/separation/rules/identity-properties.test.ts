import { describe, expect, it } from '@jest/globals';
import type { PolicyFact } from '../../../../../src/domain/separation/facts.js';
import type { SeparationFinding } from '../../../../../src/domain/separation/rule.js';
import { identity } from '../../../../../src/domain/separation/rules/identity.js';
import { bindingOf } from '../../../../fakes/bindings.js';
import { evidenceOf, policyFact, ruleInput } from '../../../../fakes/separation-evidence.js';
import { picksFrom } from '../../../../support/picks.js';
import { type Arns, arnsOf, documentOf, resourcesOf } from '../policies/two-environments.js';

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);

/** Two environments, with policies that a seed makes. */
interface World {
  readonly names: readonly [string, string];
  readonly seed: number;
  readonly denials?: number;
  readonly turned?: boolean;
}

function findings({ names, seed, denials = 0, turned = false }: World): readonly SeparationFinding[] {
  const [first, second] = names;
  const [mine, theirs] = [arnsOf(first, '5'), arnsOf(second, '9')];
  const policies = policiesOf(seed, first, second, mine, theirs, denials);
  const resources = [...resourcesOf(first, mine), ...resourcesOf(second, theirs)];
  const order = <T>(items: readonly T[]): readonly T[] => (turned ? [...items].reverse() : items);
  const input = ruleInput(
    evidenceOf({
      bindings: order([bindingOf(first), bindingOf(second)]),
      resources: order(resources),
      policies: order(policies),
    }),
  );
  return identity.find(input);
}

function policiesOf(
  seed: number,
  first: string,
  second: string,
  mine: Arns,
  theirs: Arns,
  denials: number,
): readonly PolicyFact[] {
  const pick = picksFrom(seed);
  const oneOf = <T>(items: readonly T[]): T => items[pick(items.length)] as T;
  const resource = (): string => {
    const arn = oneOf(Object.values({ ...oneOf([mine, theirs]) }) as string[]);
    const from = pick(arn.length);
    return oneOf([
      () => arn,
      () => `${arn}/*`,
      () => '*',
      () => `${arn.slice(0, from)}*`,
      () => `${arn.slice(0, from)}?${arn.slice(from + 1)}`,
      () => `${arn.slice(0, from)}*${arn.slice(from + 4)}`,
    ])();
  };
  const condition = (): object =>
    oneOf([
      {},
      {},
      { StringEquals: { 'aws:ResourceTag/Environment': oneOf([first, second]) } },
      { StringNotEquals: { 'aws:PrincipalTag/Environment': oneOf([first, second]) } },
      { ArnLike: { 'aws:SourceArn': resource() } },
      { Bool: { 'aws:SecureTransport': 'true' } },
    ]);
  const action = (): string =>
    oneOf(['*', 's3:*', 's3:GetObject', 'sqs:*', 'sqs:Send*', 'kms:Decrypt', 'ec2:*', 'sts:*']);
  const statement = (Effect: string, withPrincipal: boolean): Record<string, unknown> => ({
    Effect,
    [oneOf(['Action', 'Action', 'NotAction'])]: [action(), action()],
    [oneOf(['Resource', 'Resource', 'NotResource'])]: [resource(), resource()],
    ...(withPrincipal
      ? {
          [oneOf(['Principal', 'Principal', 'NotPrincipal'])]: oneOf([
            '*',
            { AWS: mine.role },
            { AWS: [theirs.role, mine.user] },
            { Service: 'sns.amazonaws.com' },
          ]),
        }
      : {}),
    Condition: condition(),
  });
  const holders = [
    ['identity', mine.role],
    ['identity', theirs.user],
    ['resource', mine.queue],
    ['resource', theirs.bucket],
    ['trust', theirs.role],
  ] as const;
  // Statements that allow are drawn first: what denies comes on top of the same.
  const allowing = holders.map(([kind]) => [
    statement('Allow', kind !== 'identity'),
    statement('Allow', kind !== 'identity'),
  ]);
  const denying = holders.map(([kind]) =>
    Array.from({ length: denials }, () => statement('Deny', kind !== 'identity')),
  );
  return holders.map(([kind, holder], index) =>
    policyFact(kind, holder, documentOf(...(allowing[index] ?? []), ...(denying[index] ?? []))),
  );
}

/** A finding without what depends on how many statements there are. */
const what = ({ environment, other, resource, message }: SeparationFinding) =>
  [environment, other, resource, /statement \d+/.exec(message)?.[0]].join(' ');

describe('whatever the policies', () => {
  it('some lead from one environment to the other, and some do not', () => {
    const counts = SEEDS.map((seed) => findings({ names: ['staging', 'production'], seed }).length);
    expect(Math.max(...counts)).toBeGreaterThan(3);
    expect(Math.min(...counts)).toBeLessThan(10);
  });

  it.each(SEEDS)('a Deny more never makes a finding (%i)', (seed) => {
    const names = ['staging', 'production'] as const;
    const without = new Set(findings({ names, seed }).map(what));
    const added = findings({ names, seed, denials: 3 }).map(what);
    expect(added.filter((each) => !without.has(each))).toEqual([]);
  });

  it.each(SEEDS)('their order is no matter (%i)', (seed) => {
    const names = ['staging', 'production'] as const;
    const [one, other] = [findings({ names, seed }), findings({ names, seed, turned: true })];
    expect(other.map(what).sort()).toEqual(one.map(what).sort());
  });

  // Of the same lengths and with the same letters that a wildcard may stand for.
  it.each(SEEDS)('other names for both environments change nothing (%i)', (seed) => {
    const one = findings({ names: ['staging', 'production'], seed }).map(what);
    const renamed = (text: string) => text.replaceAll('staging', 'qqqqqqq').replaceAll('production', 'zzzzzzzzzz');
    expect(findings({ names: ['qqqqqqq', 'zzzzzzzzzz'], seed }).map(what)).toEqual(one.map(renamed));
  });
});
