import type { Backend } from '../../environment.js';
import type { HclValue } from '../../hcl-value.js';
import type { EnvironmentEvidence } from '../evidence.js';
import { canonicalId } from '../identifiers.js';
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
      ...evidence.environments.flatMap(otherAccount),
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
  found.push(...sharedKey(one, other), ...sharedState(one, other));
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

/** Two states under one key, whichever way each came to it: the object's own or the bucket's default. */
function sharedKey(one: EnvironmentEvidence, other: EnvironmentEvidence): readonly SeparationFinding[] {
  const keys = keysOf(one).filter(([key]) => keysOf(other).some(([theirs]) => theirs === key));
  const [shared] = keys;
  if (shared === undefined) return foreignKey(one, other).concat(foreignKey(other, one));
  const [key] = shared;
  return [
    finding(one, other, {
      message: `the states of "${one.binding.name}" and "${other.binding.name}" are encrypted with the same key ${key}`,
      evidence: [...keysOf(one), ...keysOf(other)].filter(([each]) => each === key).map(([, where]) => where),
      remedy: `give each state bucket a key of its own: aws s3api put-bucket-encryption --bucket ${one.binding.backend.bucket} ...`,
    }),
  ];
}

/** A state under a key that is in another environment's state. */
function foreignKey(one: EnvironmentEvidence, other: EnvironmentEvidence): SeparationFinding[] {
  const theirs = new Set(
    (other.state?.state.instances ?? [])
      .filter(({ type }) => type === 'aws_kms_key')
      .map(({ attributes }) => canonicalId(String(attributes['arn'] ?? ''))),
  );
  return keysOf(one)
    .filter(([key]) => theirs.has(canonicalId(key)))
    .slice(0, 1)
    .map(([key, where]) =>
      finding(one, other, {
        message: `the state of "${one.binding.name}" is encrypted with ${key}, the key of "${other.binding.name}"`,
        evidence: [where],
        remedy: `mhtctl bootstrap ${one.binding.name}, after removing that key: aws s3api delete-bucket-encryption --bucket ${one.binding.backend.bucket}`,
      }),
    );
}

function keysOf({
  binding,
  state,
  backendKmsKeyArn,
}: EnvironmentEvidence): readonly (readonly [key: string, where: string])[] {
  const { bucket, key } = binding.backend;
  return [
    ...(backendKmsKeyArn === null
      ? []
      : [[backendKmsKeyArn, `s3://${bucket} encrypts by default with ${backendKmsKeyArn}`] as const]),
    ...(state?.kmsKeyArn == null
      ? []
      : [[state.kmsKeyArn, `s3://${bucket}/${key} is encrypted with ${state.kmsKeyArn}`] as const]),
  ];
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

/** An environment that is not in the account its files pin. */
function otherAccount({ binding, identity }: EnvironmentEvidence): readonly SeparationFinding[] {
  const pinned = binding.accountId ?? null;
  if (identity === null || pinned === null || identity.accountId === pinned) return [];
  return [
    {
      message: `"${binding.name}" is pinned to account ${pinned}, and the credentials are of ${identity.accountId}`,
      environment: binding.name,
      other: null,
      resource: null,
      evidence: [`sts:GetCallerIdentity: ${identity.arn}`],
      remedy: `use credentials of ${pinned}, or correct aws_account_id in terraform.tfvars.${binding.name}`,
      location: binding.variableSources['aws_account_id']?.location ?? null,
    },
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
    resource: `s3://${bucket}/${key}`,
    location: null,
    ...rest,
  };
}
