import { nameAttribute, physicalName } from '../physical-name.js';
import { changeKind, type Plan, type ResourceChange } from '../plan.js';
import type { ResourceFact, Unread } from '../separation/facts.js';

/** A live resource that is in no state and that the configuration wants. */
export interface Import {
  readonly to: string;
  /** Terraform's import id of it. */
  readonly id: string;
}

/** A resource that a plan would create although something of its type and name is there; for a person to decide. */
export interface ByHand {
  readonly address: string;
  readonly reason: string;
}

/** What could be told of the resources that a plan would create. */
export interface FoundImports {
  readonly imports: readonly Import[];
  readonly byHand: readonly ByHand[];
}

/**
 * Types whose import id can be told for certain: their name, or their ARN.
 * Source: the section "Import" of each type, https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
 */
const IMPORTED_BY: Readonly<Record<string, 'name' | 'arn'>> = {
  aws_cloudwatch_log_group: 'name',
  aws_cloudwatch_metric_alarm: 'name',
  aws_dynamodb_table: 'name',
  aws_iam_instance_profile: 'name',
  aws_iam_policy: 'arn',
  aws_iam_role: 'name',
  aws_kms_alias: 'name',
  aws_lb: 'arn',
  aws_lb_target_group: 'arn',
  aws_s3_bucket: 'name',
  aws_secretsmanager_secret: 'arn',
  aws_sns_topic: 'arn',
};

/**
 * What of a plan's creations is there already. Only an exact name counts, never a name that is not known before the
 * apply, and never one that only Terraform's `Name` tag gives: that several resources may have.
 * @param environment whose plan it is: what is tagged with another environment is left alone
 */
export function importsIn(
  { changes }: Pick<Plan, 'changes'>,
  live: readonly ResourceFact[],
  environment: string,
): FoundImports {
  const imports: Import[] = [];
  const byHand: ByHand[] = [];
  for (const change of changes.filter((each) => changeKind(each) === 'create')) {
    const name = soleName(change);
    const [found, ...others] = live.filter(
      (fact) => name !== undefined && fact.type === change.type && fact.name === name,
    );
    if (found === undefined || name === undefined) continue;
    const owner = found.tags?.['Environment'];
    const by = IMPORTED_BY[change.type];
    const foreign = owner !== undefined && owner !== environment;
    if (by === undefined || others.length > 0 || foreign) {
      byHand.push({
        address: change.address,
        reason: foreign
          ? `${name} exists, and its tag says that it is "${owner}"'s`
          : others.length > 0
            ? `${others.length + 1} of its type are called ${name}`
            : `${name} exists; the import id of its type is not told by its name`,
      });
    } else imports.push({ to: change.address, id: by === 'name' ? name : found.id });
  }
  return { imports, byHand };
}

function soleName({ type, after }: ResourceChange): string | undefined {
  const attribute = nameAttribute(type, after);
  return attribute === undefined || attribute.startsWith('tags.') || attribute.endsWith('_prefix')
    ? undefined
    : physicalName(type, after);
}

/** What could not be listed, so that some of what a plan would create may be there all the same. */
export function unlisted(unread: readonly Unread[]): readonly string[] {
  return unread
    .filter(({ areas }) => areas.includes('existence'))
    .map(({ action, subject, reason }) => `${action} on ${subject}: ${reason}`);
}
