import type { HclValue } from '../../hcl-value.js';
import type { EnvironmentEvidence } from '../evidence.js';
import { parseArn } from '../identifiers.js';
import type { SeparationFinding, SeparationRule } from '../rule.js';
import { placeOf } from '../state-facts.js';
import { environmentOfState } from '../state-owner.js';

/** Each environment has a backend of its own, and what lies in it is its own state. */
export const backends: SeparationRule = {
  id: 'backends',
  title: 'each environment has a state and a backend of its own',
  why: 'Whoever changes a shared state, or holds a shared lock, changes or blocks the other environment.',
  needs: ['state', 'backend'],
  find: ({ evidence, pairs }) => {
    const byName = new Map(evidence.environments.map((environment) => [environment.binding.name, environment]));
    return [
      ...pairs.flatMap(([first, second]) => {
        const [one, other] = [byName.get(first), byName.get(second)];
        return one === undefined || other === undefined ? [] : sharedBetween(one, other);
      }),
      ...evidence.environments.flatMap((environment) => otherState(environment, [...byName.values()])),
    ];
  },
};

function sharedBetween(one: EnvironmentEvidence, other: EnvironmentEvidence): readonly SeparationFinding[] {
  const [a, b] = [one.binding.backend, other.binding.backend];
  const found: SeparationFinding[] = [];
  const share = (what: string, attribute: string, value: HclValue): void => {
    found.push(
      finding(one, other, {
        message: `"${one.binding.name}" and "${other.binding.name}" share ${what}`,
        evidence: [one, other].map(
          ({ binding }) => `backend-${binding.name}.tfbackend: ${attribute} = ${JSON.stringify(value)}`,
        ),
        remedy: `give each its own ${attribute} in backend-${one.binding.name}.tfbackend, and move the state there`,
      }),
    );
  };
  // A bucket's name is given once in each partition.
  if (a.bucket === b.bucket && placeOf(one).partition === placeOf(other).partition) {
    share(`the state bucket ${a.bucket}`, 'bucket', a.bucket);
    if (a.key === b.key) share(`the state object s3://${a.bucket}/${a.key}`, 'key', a.key);
  }
  const near = a.region === b.region && !areApart(accountsOf(one), accountsOf(other));
  if (near && a.lockTable !== undefined && a.lockTable === b.lockTable)
    share(`the lock table ${a.lockTable}`, 'dynamodb_table', a.lockTable);
  if (sameKey(a.kmsKeyId, b.kmsKeyId, near)) share(`the state's key ${a.kmsKeyId}`, 'kms_key_id', a.kmsKeyId ?? null);
  found.push(...sharedState(one, other));
  return found;
}

/** The accounts that a backend can be in, as its file or the credentials tell; empty when nothing tells. */
function accountsOf({ binding, identity }: EnvironmentEvidence): readonly string[] {
  const { allowedAccountIds, roleArn } = binding.backend;
  if (allowedAccountIds.length > 0) return allowedAccountIds;
  // Without a role of its own, Terraform reaches it with the credentials that a role of the environment is assumed from.
  const account =
    roleArn === undefined && binding.roleArn === undefined ? identity?.accountId : parseArn(roleArn ?? '')?.accountId;
  return account === undefined ? [] : [account];
}

function areApart(accounts: readonly string[], others: readonly string[]): boolean {
  return accounts.length > 0 && others.length > 0 && !accounts.some((account) => others.includes(account));
}

/** Whether two spellings are of one key. An id or an alias alone is of the backend's own account and region. */
function sameKey(one: string | undefined, other: string | undefined, near: boolean): boolean {
  if (one === undefined || other === undefined) return false;
  if (parseArn(one) !== undefined && parseArn(other) !== undefined) return one === other;
  const [resource, otherResource] = [one, other].map((key) => (parseArn(key)?.resource ?? key).replace(/^key\//, ''));
  return near && resource === otherResource;
}

function sharedState(one: EnvironmentEvidence, other: EnvironmentEvidence): readonly SeparationFinding[] {
  const [a, b] = [one.state, other.state];
  if (a === null || b === null || a.state.lineage === '' || a.state.lineage !== b.state.lineage) return [];
  return [
    finding(one, other, {
      message: `the states of "${one.binding.name}" and "${other.binding.name}" have the same lineage ${a.state.lineage}: one is a copy of the other`,
      evidence: [one, other].map(
        ({ binding, state }) =>
          `s3://${binding.backend.bucket}/${binding.backend.key}: lineage ${state?.state.lineage}, serial ${state?.state.serial}, ${state?.digest}`,
      ),
      remedy: `find out whose it is, and restore the other's own: mhtctl state list ${one.binding.name}`,
    }),
  ];
}

/** What lies in an environment's place and says that it is another's. */
function otherState(
  environment: EnvironmentEvidence,
  all: readonly EnvironmentEvidence[],
): readonly SeparationFinding[] {
  const says = environmentOfState(
    environment,
    all.map(({ binding }) => binding),
  );
  const other = all.find(({ binding }) => binding.name === says);
  const { name, backend } = environment.binding;
  if (other === undefined || says === name) return [];
  return [
    finding(environment, other, {
      message: `the state of "${name}" is a state of "${says}"`,
      evidence: [`s3://${backend.bucket}/${backend.key}: its own output environment is ${JSON.stringify(says)}`],
      remedy: `restore the state of "${name}": mhtctl state list ${name}`,
    }),
  ];
}

function finding(
  one: EnvironmentEvidence,
  other: EnvironmentEvidence,
  rest: Pick<SeparationFinding, 'message' | 'evidence' | 'remedy'>,
): SeparationFinding {
  const { bucket, key } = one.binding.backend;
  return {
    environment: one.binding.name,
    other: other.binding.name,
    mutual: true,
    resource: `s3://${bucket}/${key}`,
    location: null,
    ...rest,
  };
}
