import type { Check, Coverage, Edge, Gap, SeparationReport, Verdict } from '../../src/domain/separation/report.js';
import type { CheckStatus, SeparationFinding } from '../../src/domain/separation/rule.js';
import { SEPARATION_RULES } from '../../src/domain/separation/rules/all.js';
import { digestOfReport } from '../../src/domain/separation/seal.js';

/** What a test says about a report; the rest follows from it as the judgement would have it. */
interface ReportParts {
  readonly environments?: readonly string[];
  /** Findings by rule. */
  readonly found?: Readonly<Record<string, readonly SeparationFinding[]>>;
  /** Findings by rule that are only counted. */
  readonly further?: Readonly<Record<string, number>>;
  /** What is not known, by each of the rules that it leaves open. */
  readonly gaps?: readonly { readonly rules: readonly string[]; readonly gap: Gap }[];
  readonly coverage?: Readonly<Record<string, Coverage>>;
}

const COUNTS: Readonly<Record<string, number>> = { staging: 80, production: 96 };
const TYPES = {
  aws_cloudwatch_metric_alarm: 3,
  aws_iam_role: 2,
  aws_instance: 1,
  aws_kms_key: 1,
  aws_lb: 1,
  aws_lb_listener: 2,
  aws_s3_bucket: 2,
  aws_s3_bucket_policy: 2,
  aws_security_group: 2,
  aws_sqs_queue: 2,
  aws_subnet: 4,
  aws_vpc: 1,
  terraform_data: 1,
};

/** A report of the environments: clean where nothing else is said. */
export function reportOf(parts: ReportParts = {}): SeparationReport {
  const { environments = ['production', 'staging'] } = parts;
  const pairs = environments.flatMap((first, index) =>
    environments.slice(index + 1).map((second) => [first, second] as const),
  );
  const checks = SEPARATION_RULES.map((rule): Check => {
    const findings = parts.found?.[rule.id] ?? [];
    const gaps = (parts.gaps ?? []).flatMap(({ rules, gap }) => (rules.includes(rule.id) ? [gap] : []));
    const informational = rule.informational === true;
    const statusOf = (fails: boolean, unknown: boolean): CheckStatus =>
      fails && !informational ? 'fail' : unknown ? 'unknown' : 'pass';
    return {
      id: rule.id,
      title: rule.title,
      why: rule.why,
      status: statusOf(findings.length > 0, gaps.length > 0),
      informational,
      findings,
      furtherFindings: parts.further?.[rule.id] ?? 0,
      gaps,
      pairs: pairs.map((pair) => ({
        environments: pair,
        status: statusOf(
          findings.some(
            ({ environment, other }) => pair.includes(environment) && (other === null || pair.includes(other)),
          ),
          gaps.some((gap) => gap.environments.some((name) => pair.includes(name))),
        ),
      })),
    };
  });
  return sealed({
    environments,
    verdict: verdictOf(checks),
    checks,
    coverage: parts.coverage ?? Object.fromEntries(environments.map((name) => [name, coverageOf(name)])),
    edges: checks.flatMap(edgesOf),
    provenance: {
      gatheredAt: '2026-11-25T16:40:11.000Z',
      commit: { hash: 'cd46eb416e23926d388caf9a6d4cbd8b6bcd610f', dirty: false },
      environments: Object.fromEntries(environments.map((name) => [name, originOf(name)])),
    },
  });
}

function verdictOf(checks: readonly Check[]): Verdict {
  const counted = checks.filter(({ informational }) => !informational);
  if (counted.some(({ status }) => status === 'fail')) return 'violated';
  return counted.some(({ status }) => status === 'unknown') ? 'unproven' : 'separated';
}

/** A report with the digest of what it says. */
export function sealed(content: Omit<SeparationReport, 'digest'>): SeparationReport {
  return { ...content, digest: digestOfReport(content) };
}

function coverageOf(name: string): Coverage {
  const inState = COUNTS[name] ?? 80;
  const reason = 'it is no AWS resource: it exists in the state alone';
  return { inState, checked: inState - 1, uncheckable: [{ resource: 'module.compute.terraform_data.ami', reason }] };
}

function originOf(name: string): SeparationReport['provenance']['environments'][string] {
  return {
    identity: { accountId: '123456789012', arn: 'arn:aws:sts::123456789012:assumed-role/separation-reader/ci' },
    region: 'us-east-1',
    location: { file: `terraform/terraform.tfvars.${name}`, line: 3, column: 1 },
    state: {
      location: `s3://mht-api-terraform-state-${name}/${name}/terraform.tfstate`,
      lineage: '5eb004a7-2948-b075-9cfa-586c39b097b3',
      serial: 4,
      versionId: '3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY',
      digest: 'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
      types: TYPES,
    },
  };
}

function edgesOf({ id, findings, informational }: Check): readonly Edge[] {
  if (informational) return [];
  return findings.flatMap(({ environment, other, resource }) =>
    other === null
      ? []
      : [
          {
            rule: id,
            from: { environment, resource: resource ?? environment },
            to: { environment: other, resource: other },
          },
        ],
  );
}

/** A finding of staging alone; a test says what else it is. */
export function findingOf(parts: Partial<SeparationFinding> = {}): SeparationFinding {
  return {
    message: 'vol-0f1e2d3c4b5a69788 has no tag Environment; expected "staging"',
    environment: 'staging',
    other: null,
    resource: 'vol-0f1e2d3c4b5a69788',
    evidence: ['AWS: has no tag Environment (vol-0f1e2d3c4b5a69788)'],
    remedy: 'mhtctl deploy staging',
    location: null,
    ...parts,
  };
}

/** Staging and production as they should be. */
export const CLEAN = reportOf();

const QUEUE = 'module.queues.aws_sqs_queue.this["feedback"]';
const DEAD_LETTERS = 'arn:aws:sqs:us-east-1:123456789012:mht-api-production-processing-feedback-dlq.fifo';
const PEERING = 'pcx-0a1b2c3d4e5f60718';

/** Findings of one way from staging into production, as the rules word them. */
const FOUND: Readonly<Record<string, readonly SeparationFinding[]>> = {
  network: [
    findingOf({
      message: `module.network.aws_vpc.this of "staging" is peered with module.network.aws_vpc.this of "production"`,
      other: 'production',
      mutual: true,
      resource: 'module.network.aws_vpc.this',
      evidence: [`AWS: vpc-77bfe1be5ba6d308c accepterVpcInfo.vpcId = vpc-b7e67767b04f440e6 (${PEERING})`],
      remedy: `aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id ${PEERING}`,
      location: { file: 'terraform/modules/network/main.tf', line: 29, column: 1 },
    }),
    ...[0, 1].map((zone) =>
      findingOf({
        message: `module.network.aws_route_table.private[${zone}] of "staging" routes to 10.0.0.0/16, where 10.0.0.0/16 of "production" is`,
        other: 'production',
        resource: `module.network.aws_route_table.private[${zone}]`,
        evidence: [`AWS: rtb-4532c9ab2886e769${zone} routes.destinationCidrBlock = 10.0.0.0/16 (${PEERING})`],
        remedy: `take 10.0.0.0/16 out of rtb-4532c9ab2886e769${zone}; the configuration does not ask for it: mhtctl plan staging`,
        location: { file: 'terraform/modules/network/main.tf', line: 123, column: 1 },
      }),
    ),
  ],
  'data-flow': [
    findingOf({
      message: `${QUEUE} of "staging" is tied by its redrive policy to module.queues.aws_sqs_queue.dead_letter["feedback"] of "production"`,
      other: 'production',
      resource: QUEUE,
      evidence: [
        `state: arn:aws:sqs:us-east-1:123456789012:mht-api-staging-processing-feedback.fifo redrive_policy.deadLetterTargetArn = ${DEAD_LETTERS}`,
        `AWS: arn:aws:sqs:us-east-1:123456789012:mht-api-staging-processing-feedback.fifo RedrivePolicy.deadLetterTargetArn = ${DEAD_LETTERS}`,
      ],
      remedy: `replace ${DEAD_LETTERS} in the configuration by one of "staging", then: mhtctl deploy staging`,
      location: { file: 'terraform/modules/queues/main.tf', line: 30, column: 1 },
    }),
  ],
  identity: [
    findingOf({
      message: `inline policy "application" of module.identity.aws_iam_role.this of "staging": statement "ReadData" allows s3:GetObject on arn:aws:s3:::mht-api-*, which reaches module.storage.aws_s3_bucket.data of "production"`,
      other: 'production',
      resource: 'module.identity.aws_iam_role.this',
      evidence: [
        'AWS: {"Sid":"ReadData","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::mht-api-*"}',
      ],
      remedy: 'name the buckets of "staging" in full in the policy, then: mhtctl deploy staging',
      location: { file: 'terraform/modules/identity/main.tf', line: 124, column: 1 },
    }),
  ],
  'environment-tags': ['vol-d054c305dc7540cf5', 'vol-6bad6f034b7e28997', 'eni-bc7ad070c808a1152'].map((id) =>
    findingOf({
      message: `${id} has the tag Environment = "Staging"; expected "staging", a near miss`,
      resource: id,
      evidence: [`AWS: has the tag Environment = "Staging" (${id})`],
      remedy: `mhtctl deploy staging; if it is not planned there: aws resourcegroupstaggingapi tag-resources --resource-arn-list arn:aws:ec2:us-east-1:123456789012:volume/${id} --tags Environment=staging`,
    }),
  ),
  orphans: [
    findingOf({
      message:
        'arn:aws:sqs:us-east-1:123456789012:mht-api-staging-tmp is tagged Environment = "staging", is there, and is in no state',
      resource: 'arn:aws:sqs:us-east-1:123456789012:mht-api-staging-tmp',
      evidence: ['AWS: arn:aws:sqs:us-east-1:123456789012:mht-api-staging-tmp {"Environment":"staging"}'],
      remedy:
        'configure and import it (mhtctl import staging ADDRESS ID), or delete it; until then nothing of "staging" may rely on it',
    }),
  ],
  configuration: [
    findingOf({
      message: '"production" and "staging" ask for the DNS name api.amygdalas.com',
      environment: 'production',
      other: 'staging',
      mutual: true,
      resource: 'terraform.tfvars.production: dns_name',
      evidence: [
        'terraform/terraform.tfvars.production:17: dns_name = "api.amygdalas.com"',
        'terraform/terraform.tfvars.staging:17: dns_name = "api.amygdalas.com"',
      ],
      remedy: 'give one of them dns_name of its own, then: mhtctl deploy production',
      location: { file: 'terraform/terraform.tfvars.production', line: 17, column: 1 },
    }),
  ],
};

/** What the configuration of one environment does without a reason. */
const UNEVEN = findingOf({
  message:
    'module.monitoring.aws_sns_topic_subscription.ops is in "production" and not in "staging"; no variable explains it',
  environment: 'staging',
  other: 'production',
  resource: 'module.monitoring.aws_sns_topic_subscription.ops',
  evidence: ['state of production: module.monitoring.aws_sns_topic_subscription.ops'],
  remedy: 'see what a deployment would make: mhtctl plan staging',
  location: { file: 'terraform/modules/monitoring/main.tf', line: 12, column: 1 },
});

/** Staging reaches into production in a dozen places. */
export const VIOLATED = reportOf({ found: { ...FOUND, parity: [UNEVEN] } });

const READER = 'User: arn:aws:sts::123456789012:assumed-role/separation-reader/ci is not authorized to perform';
const KEYS = ['63da464a-1437-4b49-90c1-2a3d3de879e3', '39788522-78af-45ae-9056-eb5efb8af1e9'].map(
  (id) => `arn:aws:kms:us-east-1:123456789012:key/${id}`,
);

/** One denied call leaves two checks open, and a type that nobody asks about a third. */
export const UNPROVEN = reportOf({
  gaps: [
    ...KEYS.map((key, index) => ({
      rules: ['identity', 'encryption'],
      gap: {
        environments: [index === 0 ? 'staging' : 'production'],
        areas: ['policies' as const],
        subject: `kms:GetKeyPolicy on ${key}`,
        reason: `AccessDeniedException: ${READER}: kms:GetKeyPolicy on resource: ${key} because no identity-based policy allows the kms:GetKeyPolicy action`,
        permission: 'kms:GetKeyPolicy',
      },
    })),
    {
      rules: ['missing'],
      gap: {
        environments: ['production'],
        areas: null,
        subject: 'module.cdn.aws_cloudfront_distribution.this',
        reason: 'mhtctl does not ask AWS for resources of type aws_cloudfront_distribution',
        permission: null,
      },
    },
  ],
});

/** Five environments, of which two touch, and of one of which a call was denied. */
export const FIVE = reportOf({
  environments: ['dev', 'production', 'qa', 'staging', 'training'],
  found: { network: FOUND['network'] ?? [], 'data-flow': FOUND['data-flow'] ?? [] },
  gaps: [
    {
      rules: ['traffic'],
      gap: {
        environments: ['training'],
        areas: ['traffic'],
        subject: 'route53:ListResourceRecordSets on Z0123456789ABCDEFGHIJ',
        reason: `AccessDenied: ${READER}: route53:ListResourceRecordSets`,
        permission: 'route53:ListResourceRecordSets',
      },
    },
  ],
});

/** A text of everything that could break out of a format, or hide in it. */
export const HOSTILE =
  '<script>alert(1)</script>"\'&]]>--><![CDATA[|`*_[x](javascript:0)\u0000\u001B[31m\u0085\u200B\u202E\uD800\uFFFF\n# <svg/onload=1>@all$x$:x:~\\';

/** Names as somebody who means harm would give them. */
export const HOSTILE_REPORT = reportOf({
  environments: ['production', HOSTILE],
  found: {
    names: [
      findingOf({
        message: HOSTILE,
        environment: HOSTILE,
        other: 'production',
        resource: HOSTILE,
        evidence: [HOSTILE],
        remedy: HOSTILE,
        location: { file: `terraform/${HOSTILE}.tf`, line: 7, column: 1 },
      }),
    ],
  },
  gaps: [
    {
      rules: ['traffic'],
      gap: { environments: [HOSTILE], areas: null, subject: HOSTILE, reason: HOSTILE, permission: HOSTILE },
    },
  ],
  coverage: { [HOSTILE]: { inState: 2, checked: 1, uncheckable: [{ resource: HOSTILE, reason: HOSTILE }] } },
});
