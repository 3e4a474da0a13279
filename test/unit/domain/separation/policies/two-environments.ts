import type { PolicyFact, ResourceFact } from '../../../../../src/domain/separation/facts.js';
import type { SeparationFinding } from '../../../../../src/domain/separation/rule.js';
import { identity } from '../../../../../src/domain/separation/rules/identity.js';
import { ACCOUNT, bindingOf } from '../../../../fakes/bindings.js';
import {
  type EvidenceParts,
  evidenceOf,
  policyFact,
  resourceFact,
  ruleInput,
} from '../../../../fakes/separation-evidence.js';

/** ARNs of an environment as the tests build it. */
export interface Arns {
  readonly bucket: string;
  readonly queue: string;
  readonly table: string;
  readonly topic: string;
  readonly alarm: string;
  readonly logGroup: string;
  readonly secret: string;
  readonly key: string;
  readonly role: string;
  readonly user: string;
  readonly repository: string;
  readonly instance: string;
  readonly vpc: string;
  readonly vpcEndpoint: string;
}

/** @param digit tells apart what AWS names itself */
export function arnsOf(name: string, digit: string, account = ACCOUNT): Arns {
  const regional = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${account}:${resource}`;
  const hex = digit.repeat(17);
  return {
    bucket: `arn:aws:s3:::mht-api-${name}-data`,
    queue: regional('sqs', `mht-api-${name}-queue`),
    table: regional('dynamodb', `table/mht-api-${name}-table`),
    topic: regional('sns', `mht-api-${name}-alarms`),
    alarm: regional('cloudwatch', `alarm:mht-api-${name}-5xx`),
    logGroup: regional('logs', `log-group:mht-api-${name}-application`),
    secret: regional('secretsmanager', `secret:mht-api-${name}-application-a1B2c3`),
    key: regional('kms', `key/${digit.repeat(8)}-0000-0000-0000-000000000000`),
    role: `arn:aws:iam::${account}:role/mht-api-${name}-instance`,
    user: `arn:aws:iam::${account}:user/mht-api-${name}-deployer`,
    repository: regional('ecr', `repository/mht-api-${name}`),
    instance: regional('ec2', `instance/i-${hex}`),
    vpc: regional('ec2', `vpc/vpc-${hex}`),
    vpcEndpoint: regional('ec2', `vpc-endpoint/vpce-${hex}`),
  };
}

export const STAGE = arnsOf('staging', '5');
export const PROD = arnsOf('production', '9');
/** Production in an account of its own. */
export const OTHER_ACCOUNT = '222222222222';
export const PROD_APART = arnsOf('production', '9', OTHER_ACCOUNT);

/** Every resource of an environment, tagged as its own. */
export function resourcesOf(name: string, arns: Arns): readonly ResourceFact[] {
  return Object.values(arns).map((arn: string) =>
    resourceFact(arn, { tags: { Environment: name, Project: 'mht-api' } }),
  );
}

type Written = Readonly<Record<string, unknown>>;

/** A document of version 2012-10-17. */
export function documentOf(...statements: readonly Written[]): Written {
  return { Version: '2012-10-17', Statement: statements };
}

/** What the rule finds when these policies are added to two environments that share nothing. */
export function found(
  policies: readonly PolicyFact[],
  { apart = false, ...parts }: EvidenceParts & { readonly apart?: boolean } = {},
): readonly SeparationFinding[] {
  return identity.find(inputWith(policies, { apart, ...parts }));
}

export function inputWith(
  policies: readonly PolicyFact[],
  { apart = false, ...parts }: EvidenceParts & { readonly apart?: boolean } = {},
) {
  return ruleInput(
    evidenceOf({
      bindings: [bindingOf('staging'), bindingOf('production')],
      ...(apart ? { accounts: { production: OTHER_ACCOUNT } } : {}),
      ...parts,
      resources: [
        ...resourcesOf('staging', STAGE),
        ...resourcesOf('production', apart ? PROD_APART : PROD),
        ...(parts.resources ?? []),
      ],
      policies,
    }),
  );
}

/** What staging's role reaches by these statements. */
export function reachedBy(statements: readonly Written[], parts?: Parameters<typeof found>[1]) {
  return found([policyFact('identity', STAGE.role, documentOf(...statements))], parts);
}

/** Whom a policy of staging's resource lets in. */
export function letInBy(
  statements: readonly Written[],
  holder: string = STAGE.queue,
  parts?: Parameters<typeof found>[1],
) {
  return found([policyFact(holder === STAGE.role ? 'trust' : 'resource', holder, documentOf(...statements))], parts);
}

/** A variable of the policy language: of `aws:username` it is `${aws:username}`. */
export function variable(name: string): string {
  return `\${${name}}`;
}
