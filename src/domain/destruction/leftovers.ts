import type { Binding } from '../environment.js';
import { typeOfArn } from '../separation/arn-types.js';
import type { EnvironmentEvidence, Evidence } from '../separation/evidence.js';
import { existenceIn } from '../separation/existence.js';
import { canonicalId, parseArn } from '../separation/identifiers.js';
import { placeOf, stateResources } from '../separation/state-facts.js';
import { STATE_TYPES } from '../separation/state-types.js';

/** Something of an environment that is still there after it was destroyed. */
export interface Leftover {
  /** Canonical identifier: an ARN, or the id of an EC2 resource. */
  readonly id: string;
  /** Terraform's type of it; null where mhtctl does not know the kind. */
  readonly type: string | null;
  /** Its address in the state that was destroyed; null for what was in none. */
  readonly address: string | null;
  /** `pending` waits for its deletion by AWS; `unknown` is listed by its tag, which AWS shows for hours after a deletion. */
  readonly status: 'there' | 'pending' | 'unknown';
  /** What to do about it, ready to paste where that is possible. */
  readonly remedy: string;
}

/** The tag `ManagedBy` of what `mhtctl bootstrap` makes: see `backendTags`. */
const BOOTSTRAP = 'mhtctl';

/**
 * What is still there of an environment that was destroyed: by its tag, and by what its state named before.
 * @param before the environment with the state it had
 * @param evidence gathered afterwards
 */
export function leftoversOf(before: EnvironmentEvidence, evidence: Evidence): readonly Leftover[] {
  const existence = existenceIn(evidence);
  const place = placeOf(before);
  const destroyed = new Map(
    stateResources(before).flatMap((resource) => {
      const [id] = resource.ids;
      return id === undefined ? [] : [[id, resource] as const];
    }),
  );
  const found = new Map<string, Leftover>();
  const add = (id: string, type: string | undefined, status: Leftover['status']): void => {
    const address = destroyed.get(id)?.address ?? null;
    found.set(id, { id, type: type ?? null, address, status, remedy: remedyOf(id, type, status) });
  };
  for (const [id, resource] of destroyed) {
    if (existence.ofResource(resource, before) !== 'there') continue;
    add(id, STATE_TYPES[resource.type]?.as ?? resource.type, resource.type === 'aws_kms_key' ? 'pending' : 'there');
  }
  for (const [arn, tags] of evidence.inventory) {
    const id = canonicalId(arn);
    if (found.has(id) || tags['Environment'] !== before.binding.name || isBackend(id, tags, before.binding)) continue;
    const type = typeOfArn(arn);
    const presence = existence.of(id, type, place);
    if (presence !== 'gone') add(id, type, presence);
  }
  return [...found.values()].sort(
    (one, other) => ORDER[one.status] - ORDER[other.status] || (one.id < other.id ? -1 : 1),
  );
}

const ORDER: Readonly<Record<Leftover['status'], number>> = { there: 0, pending: 1, unknown: 2 };

function isBackend(id: string, tags: Readonly<Record<string, string>>, { backend }: Binding): boolean {
  if (tags['ManagedBy'] === BOOTSTRAP) return true;
  const resource = parseArn(id)?.resource;
  return resource === backend.bucket || resource === `table/${backend.lockTable}`;
}

/** The command that removes a resource, of the types that are left most; of others the way to them. */
function remedyOf(id: string, type: string | undefined, status: Leftover['status']): string {
  const arn = parseArn(id);
  if (status === 'unknown')
    return `see whether it is there: aws resourcegroupstaggingapi get-resources --resource-arn-list ${id}`;
  if (status === 'pending') return `to keep it: aws kms cancel-key-deletion --key-id ${id}`;
  const name = arn === undefined ? id : arn.resource.slice(arn.resource.search(/[^/:]*$/));
  switch (type) {
    case 'aws_s3_bucket':
      return `aws s3 rb s3://${arn?.resource ?? id} --force`;
    case 'aws_dynamodb_table':
      return `aws dynamodb delete-table --table-name ${name}`;
    case 'aws_cloudwatch_log_group':
      return `aws logs delete-log-group --log-group-name '${arn?.resource.replace(/^log-group:/, '') ?? id}'`;
    case 'aws_ebs_volume':
      return `aws ec2 delete-volume --volume-id ${name}`;
    case 'aws_eip':
      return `aws ec2 release-address --allocation-id ${name}`;
    case 'aws_instance':
      return `aws ec2 terminate-instances --instance-ids ${name}`;
    case 'aws_network_interface':
      return `aws ec2 delete-network-interface --network-interface-id ${name}`;
    case 'aws_security_group':
      return `aws ec2 delete-security-group --group-id ${name}`;
    case 'aws_secretsmanager_secret':
      return `aws secretsmanager delete-secret --secret-id ${id}`;
    case 'aws_sns_topic':
      return `aws sns delete-topic --topic-arn ${id}`;
    default:
      return arn === undefined
        ? 'delete it by its service'
        : `delete it by its service, ${arn.service} in ${arn.region || 'any region'}`;
  }
}
