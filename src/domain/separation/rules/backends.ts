import type { Backend } from '../../environment.js';
import type { HclValue } from '../../hcl-value.js';
import type { EnvironmentEvidence } from '../evidence.js';
import type { SeparationFinding, SeparationRule } from '../rule.js';
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
  if (a.bucket === b.bucket) {
    share(`the state bucket ${a.bucket}`, 'bucket', a.bucket);
    if (a.key === b.key) share(`the state object s3://${a.bucket}/${a.key}`, 'key', a.key);
  }
  if (sameTable(a, b)) share(`the lock table ${a.lockTable}`, 'dynamodb_table', a.lockTable ?? null);
  if (a.kmsKeyId !== undefined && a.kmsKeyId === b.kmsKeyId)
    share(`the state's key ${a.kmsKeyId}`, 'kms_key_id', a.kmsKeyId);
  found.push(...sharedState(one, other));
  return found;
}

/** Lock tables live in one account and region each; two bindings that pin different accounts have different tables. */
function sameTable(a: Backend, b: Backend): boolean {
  const apart =
    a.allowedAccountIds.length > 0 &&
    b.allowedAccountIds.length > 0 &&
    !a.allowedAccountIds.some((id) => b.allowedAccountIds.includes(id));
  return a.lockTable !== undefined && a.lockTable === b.lockTable && a.region === b.region && !apart;
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
      remedy: `find out whose it is, and restore the other's own: aws s3api list-object-versions --bucket ${one.binding.backend.bucket} --prefix ${one.binding.backend.key}`,
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
      remedy: `restore the state of "${name}": aws s3api list-object-versions --bucket ${backend.bucket} --prefix ${backend.key}`,
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
