import { CloudWatchLogsClient, DeleteLogGroupCommand, TagLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient, PutRolePolicyCommand, TagRoleCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Drift, driftOf } from '../../../src/domain/drift/drift.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { TerraformProject } from '../../support/terraform-project.js';

const CONFIGURATION = `provider "aws" {
  region = "us-east-1"
  default_tags {
    tags = { Environment = var.environment }
  }
}

resource "aws_cloudwatch_log_group" "kept" {
  name              = "kept-\${var.environment}"
  retention_in_days = 7
}

resource "aws_cloudwatch_log_group" "lost" {
  name = "lost-\${var.environment}"
}

resource "aws_iam_role" "this" {
  name = "app-\${var.environment}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "this" {
  name   = "own"
  role   = aws_iam_role.this.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:ListAllMyBuckets", Resource = "*" }]
  })
}

data "aws_vpc" "default" {
  default = true
}

resource "aws_security_group" "this" {
  name   = "app-\${var.environment}"
  vpc_id = data.aws_vpc.default.id
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id = aws_security_group.this.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/8"
}
`;

let aws: EmulatedAws;
let project: TerraformProject;
const region = 'us-east-1';

beforeAll(async () => {
  aws = await EmulatedAws.start();
  project = await TerraformProject.create('real');
  await project.makeBackends();
  await project.configure(CONFIGURATION);
  await project.process().terraform.initialise(project.staging);
  await project.deploy(project.staging);
});

afterAll(async () => {
  await project.remove();
  await aws.stop();
});

async function drift(): Promise<Drift> {
  const planFile = await project.plan(project.staging);
  return driftOf(await project.process().terraform.showPlan(project.staging, planFile));
}

const lines = ({ drift: resources }: Drift) =>
  resources.flatMap(({ address, action, attributes }) =>
    action === 'delete'
      ? [`${address} gone`]
      : attributes.map(({ path, before, after }) => `${address} ${path}: ${before} -> ${after}`),
  );

it('is what was changed, taken away and added by hand, and nothing that AWS has filled in', async () => {
  // Right after an apply the state does not know yet what resources of their own have made of others.
  const untouched = await drift();
  expect(untouched.drift).toEqual([]);
  expect(untouched.unmanaged.map(({ address, attributes }) => [address, attributes.map(({ path }) => path)])).toEqual([
    ['aws_iam_role.this', ['inline_policy']],
    ['aws_security_group.this', ['ingress']],
  ]);

  const logs = new CloudWatchLogsClient({ region });
  const iam = new IAMClient({ region });
  const RoleName = 'app-staging';
  await logs.send(new TagLogGroupCommand({ logGroupName: 'kept-staging', tags: { Owner: 'me', Environment: 'x' } }));
  await logs.send(new DeleteLogGroupCommand({ logGroupName: 'lost-staging' }));
  await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'Owner', Value: 'me' }] }));
  await iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: 'by-hand',
      PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    }),
  );
  const state = await project.state(project.staging);
  const GroupId = String(state?.instances.find(({ type }) => type === 'aws_security_group')?.attributes['id']);
  const open = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await new EC2Client({ region }).send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open] }));

  expect(lines(await drift()).sort()).toEqual([
    'aws_cloudwatch_log_group.kept tags.Environment: null -> x',
    'aws_cloudwatch_log_group.kept tags.Owner: null -> me',
    'aws_cloudwatch_log_group.lost gone',
    'aws_iam_role.this inline_policy: null -> by-hand',
    'aws_iam_role.this tags.Owner: null -> me',
    'aws_security_group.this ingress: null -> tcp 22 0.0.0.0/0',
  ]);

  // A deployment undoes what is the configuration's. What was added it leaves, and that is told all the same.
  await project.deploy(project.staging);
  expect(lines(await drift())).toEqual([
    'aws_iam_role.this inline_policy: null -> by-hand',
    'aws_security_group.this ingress: null -> tcp 22 0.0.0.0/0',
  ]);
});
