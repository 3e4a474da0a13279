import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CreateTagsCommand, DeleteTagsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
  type ResourceTagMapping,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { GetBucketTaggingCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DiffJson } from '../../src/presenters/diff/json.js';
import { until } from '../support/condition.js';
import { clientSettings, locksIn, objectsOf, recordsIn } from './support/aws.js';
import { CommandLine, type Run } from './support/command-line.js';
import { describeHealth } from './support/deployed/health.js';
import { type TemporaryProject, wholeProject } from './support/project.js';

/** The project's own infrastructure, staging and production side by side on one emulator. */
let project: TemporaryProject;
let mhtctl: CommandLine;
const first = new Map<string, Run>();

const STATE = { staging: 'mht-api-terraform-state-staging', production: 'mht-api-terraform-state-production' } as const;
type Name = keyof typeof STATE;

/** What is deployed here was not committed; the promotion gate has a suite of its own. */
const UNPROVEN = ['--skip-gate', 'a test'] as const;

beforeAll(async () => {
  project = await wholeProject();
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  await Promise.all(
    (Object.keys(STATE) as Name[]).map(async (name) => {
      const bootstrap = await mhtctl.run(['bootstrap', name, '--confirm', name]);
      if (bootstrap.exitCode !== 0) throw new Error(bootstrap.stderr);
      first.set(name, await mhtctl.run(['deploy', name, ...UNPROVEN, '--confirm', name, '--json']));
    }),
  );
}, 600_000);
afterAll(async () => {
  await mhtctl.stopEmulator();
  await project.dispose();
});

const withFile: TemporaryProject['withFile'] = (...change) => project.withFile(...change);

async function serialOf(name: Name): Promise<number> {
  const objects = await objectsOf(mhtctl, STATE[name]);
  return JSON.parse(objects.get(`${name}/terraform.tfstate`) ?? '{}').serial;
}

async function tagged(name: Name): Promise<readonly ResourceTagMapping[]> {
  const client = new ResourceGroupsTaggingAPIClient(clientSettings(mhtctl));
  const TagFilters = [{ Key: 'Environment', Values: [name] }];
  const found: ResourceTagMapping[] = [];
  let PaginationToken: string | undefined;
  do {
    const page = await client.send(new GetResourcesCommand({ TagFilters, PaginationToken }));
    found.push(...(page.ResourceTagMappingList ?? []));
    PaginationToken = page.PaginationToken;
  } while (PaginationToken !== undefined && PaginationToken !== '');
  return found;
}

const nameTag = ({ Tags = [] }: ResourceTagMapping) => Tags.find(({ Key }) => Key === 'Name')?.Value;

describe('the first deployment', () => {
  it.each(['staging', 'production'] as const)('of %s returns what the contract says', (name) => {
    const { exitCode, stdout } = first.get(name) as Run;
    expect(exitCode).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      environment: name,
      outcome: 'applied',
      plan: {
        environment: name,
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        risks: [],
        cost: { before: 0, currency: 'USD' },
      },
      deployment: {
        actor: expect.stringContaining('arn:aws:sts::123456789012:'),
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      },
      outputs: { environment: name },
    });
    expect(result.plan.summary).toMatchObject({ update: 0, delete: 0, replace: 0 });
    // The emulator serves no traffic: the application is not checked, and so the whole is not called healthy.
    expect(result.health.status).toBe('unknown');
    expect(result.health.checks.filter(({ status }: { status: string }) => status === 'healthy')).toHaveLength(
      name === 'staging' ? 1 : 3,
    );
  });

  it("gives everything the reference's names", async () => {
    const settings = clientSettings(mhtctl);
    const [balancers, tables, buckets] = await Promise.all([
      new ElasticLoadBalancingV2Client(settings).send(new DescribeLoadBalancersCommand({})),
      new DynamoDBClient(settings).send(new ListTablesCommand({})),
      new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({})),
    ]);
    expect(balancers.LoadBalancers?.map(({ LoadBalancerName }) => LoadBalancerName).sort()).toEqual([
      'mht-api-production-lb',
      'mht-api-staging-lb',
    ]);
    expect(tables.TableNames).toEqual(expect.arrayContaining(['mht-api-staging-table', 'mht-api-production-table']));
    const names = (buckets.Buckets ?? []).map(({ Name }) => Name ?? '');
    expect(names.filter((bucket) => /^mht-api-staging-raw-data-collection-[0-9a-f]+$/.test(bucket))).toHaveLength(1);
    expect(names.filter((bucket) => /^mht-api-production-production-data-[0-9a-f]+$/.test(bucket))).toHaveLength(1);

    for (const [name, instances] of [
      ['staging', 1],
      ['production', 3],
    ] as const) {
      const resources = await tagged(name);
      const ofKind = (kind: string) => resources.filter(({ ResourceARN = '' }) => ResourceARN.includes(kind));
      expect(ofKind(':instance/').map(nameTag).sort()).toEqual(
        Array.from({ length: instances }, (_, index) => `mht-api-${name}-${index}`),
      );
      expect(ofKind(':sqs:').map(({ ResourceARN }) => ResourceARN?.split(':').at(-1))).toContain(
        `mht-api-${name}-processing-feedback.fifo`,
      );
      expect(ofKind(':security-group/').length).toBeGreaterThanOrEqual(2);
    }
  });

  it('puts nothing of one environment under the tag or the name of the other', async () => {
    const [staging, production] = await Promise.all([tagged('staging'), tagged('production')]);
    const arns = new Set(staging.map(({ ResourceARN }) => ResourceARN));
    expect(production.filter(({ ResourceARN }) => arns.has(ResourceARN))).toEqual([]);
    expect(staging.filter((resource) => /production/.test(`${resource.ResourceARN} ${nameTag(resource)}`))).toEqual([]);
    expect(production.filter((resource) => /staging/.test(`${resource.ResourceARN} ${nameTag(resource)}`))).toEqual([]);
    expect(staging.length).toBeGreaterThan(20);
  });

  it("keeps the reference's module address of the load balancer", async () => {
    const { stdout, exitCode } = await mhtctl.run(['terraform', 'staging', '--', 'state', 'list']);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toContain('module.alb[0].aws_lb.app_lb');
  });
});

describe('afterwards', () => {
  it.each(['staging', 'production'] as const)(
    "plain Terraform, the reference's manual way, finds no changes in %s",
    async (name) => {
      const terraform = (...args: readonly string[]) => mhtctl.by('terraform', args, project.configurationDir);
      const init = await terraform('init', `-backend-config=backend-${name}.tfbackend`, '-reconfigure', '-input=false');
      expect(init.exitCode).toBe(0);
      const plan = await terraform('plan', `-var-file=terraform.tfvars.${name}`, '-input=false', '-no-color');
      expect(plan.stdout).toContain('No changes.');
    },
  );

  it('a second deployment finds nothing to do, is recorded and asks nothing, even of a protected environment', async () => {
    const { exitCode, stdout } = await mhtctl.run(['deploy', 'production', ...UNPROVEN, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'no-changes', plan: { changes: [] } });
    const records = recordsIn(await objectsOf(mhtctl, STATE.production));
    expect(records.at(-1)).toMatchObject({ status: 'no-changes', id: JSON.parse(stdout).deployment.id });
  });

  it('diff lays both side by side, their states too, and ends with 0', async () => {
    const { exitCode, stdout } = await mhtctl.run(['diff', 'staging', 'production', '--resources', '--json']);
    expect(exitCode).toBe(0);
    const { variables, resources } = JSON.parse(stdout) as DiffJson;
    expect(variables.find(({ path }) => path === 'instance_type')).toMatchObject({
      values: { staging: { value: 't2.micro', source: 'file' }, production: { value: 't3.medium', source: 'file' } },
      same: false,
    });
    expect(variables.find(({ path }) => path === 'environment')).toMatchObject({ same: false, byName: true });
    expect(resources?.types).toContainEqual({ type: 'aws_instance', count: { staging: 1, production: 3 } });
    expect(resources?.different.flatMap(({ attributes }) => attributes)).toContainEqual({
      path: 'instance_type',
      values: { staging: 't2.micro', production: 't3.medium' },
    });
    expect(JSON.stringify(resources)).not.toMatch(/arn:aws|"(i|vpc|subnet)-[0-9a-f]+"/);
  });

  it('status knows both, and switch chooses one for mhtctl and for plain terraform', async () => {
    expect((await mhtctl.run(['switch', 'production', '--json'])).exitCode).toBe(0);
    const back = await mhtctl.run(['switch', 'staging', '--json']);
    expect(JSON.parse(back.stdout)).toEqual({ environment: 'staging', previous: 'production' });
    const status = JSON.parse((await mhtctl.run(['status', '--json'])).stdout);
    expect(status.current).toBe('staging');
    expect(
      status.environments.map(({ name, protected: isProtected }: { name: string; protected: boolean }) => [
        name,
        isProtected,
      ]),
    ).toEqual([
      ['production', true],
      ['staging', false],
    ]);
    const output = await mhtctl.by('terraform', ['output', '-raw', 'environment'], project.configurationDir);
    expect(output.stdout).toBe('staging');
  });
});

describeHealth(() => mhtctl);
it.each(['staging', 'production'] as const)("the application's variables of %s lead to what is there", async (name) => {
  const { exitCode, stdout } = await mhtctl.run(['env', name]);
  expect(exitCode).toBe(0);
  const shell = await mhtctl.by('sh', ['-c', 'eval "$0" && env', stdout], project.root);
  const value = (variable: string) => new RegExp(`^${variable}=(.*)$`, 'm').exec(shell.stdout)?.[1];
  expect(value('ENVIRONMENT')).toBe(name);
  expect(value('API_BASE_URL')).toMatch(/^https:\/\//);
  const settings = clientSettings(mhtctl);
  const [queue, table, bucket] = await Promise.all([
    new SQSClient(settings).send(
      new GetQueueAttributesCommand({ QueueUrl: value('FEEDBACK_QUEUE_URL'), AttributeNames: ['QueueArn'] }),
    ),
    new DynamoDBClient(settings).send(new DescribeTableCommand({ TableName: value('DATABASE_URL') })),
    new S3Client({ ...settings, forcePathStyle: true }).send(
      new GetBucketTaggingCommand({ Bucket: value('S3_BUCKET') }),
    ),
  ]);
  expect(queue.Attributes?.['QueueArn']).toMatch(new RegExp(`:mht-api-${name}-processing-feedback.fifo$`));
  expect(table.Table?.TableStatus).toBe('ACTIVE');
  expect(bucket.TagSet).toContainEqual({ Key: 'Environment', Value: name });
});

it('drift is named by resource and attribute, in its environment alone, until it is undone', async () => {
  const settings = clientSettings(mhtctl);
  const ec2 = new EC2Client(settings);
  const sqs = new SQSClient(settings);
  const outputs = JSON.parse((first.get('staging') as Run).stdout).outputs;
  const QueueUrl: string = outputs.queue_urls.feedback;
  const tag = { Resources: [outputs.vpc_id as string], Tags: [{ Key: 'Owner', Value: 'somebody' }] };
  const set = (VisibilityTimeout: string, Policy: string) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout, Policy } }));
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout', 'Policy'] }),
  );
  // The emulator forgets the policy of a queue when another attribute is set without it.
  const { VisibilityTimeout = '', Policy = '' } = Attributes;

  await ec2.send(new CreateTagsCommand(tag));
  await set('77', Policy);
  const all = await mhtctl.run(['drift', '--all', '--json']);
  await ec2.send(new DeleteTagsCommand(tag));
  await set(VisibilityTimeout, Policy);

  const changed = (path: string, before: unknown, after: unknown) => ({
    action: 'update',
    attributes: [{ path, before, after, undoneByDeploy: true }],
  });
  expect(JSON.parse(all.stdout).environments).toMatchObject([
    { environment: 'production', drift: [] },
    {
      environment: 'staging',
      drift: [
        { address: 'module.network.aws_vpc.this', ...changed('tags.Owner', null, 'somebody') },
        {
          address: 'module.queues.aws_sqs_queue.this["feedback"]',
          ...changed('visibility_timeout_seconds', Number(VisibilityTimeout), 77),
        },
      ],
    },
  ]);
  expect(all.exitCode).toBe(3);

  const after = await mhtctl.run(['drift', 'staging']);
  expect(after.stdout).toMatch(/^staging: no drift\n/);
  expect(after.exitCode).toBe(0);
  expect(await locksIn(mhtctl, 'mht-api-terraform-locks-staging')).toEqual([]);
});

describe('a plan of one environment', () => {
  it('cannot be applied to another', async () => {
    const file = join(project.root, 'staging.tfplan');
    await withFile('terraform.tfvars.staging', retention, async () => {
      expect((await mhtctl.run(['plan', 'staging', '--out', file])).exitCode).toBe(0);
    });
    const before = [await serialOf('staging'), await serialOf('production')];
    const { exitCode, stderr } = await mhtctl.run([
      'deploy',
      'production',
      ...UNPROVEN,
      '--plan',
      file,
      '--confirm',
      'production',
    ]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('the plan was made for environment "staging", not for "production"');
    expect(stderr).toContain(STATE.staging);
    expect([await serialOf('staging'), await serialOf('production')]).toEqual(before);
  });

  it('is applied as it was reviewed, by its digest, and once', async () => {
    const file = join(project.root, 'reviewed.tfplan');
    await withFile('terraform.tfvars.staging', retention, async () => {
      const plan = JSON.parse((await mhtctl.run(['plan', 'staging', '--out', file, '--json'])).stdout);
      expect(plan.summary).toEqual({ create: 0, update: 2, delete: 0, replace: 0 });
      const other = await mhtctl.run([
        'deploy',
        'staging',
        '--yes',
        '--plan',
        file,
        '--plan-digest',
        `sha256:${'0'.repeat(64)}`,
      ]);
      expect(other.exitCode).toBe(3);
      const apply = () =>
        mhtctl.run(['deploy', 'staging', '--yes', '--json', '--plan', file, '--plan-digest', plan.digest]);
      expect(JSON.parse((await apply()).stdout)).toMatchObject({ outcome: 'applied', plan: { digest: plan.digest } });
      const again = await apply();
      expect(again.exitCode).toBe(3);
      expect(JSON.parse(again.stdout).error.code).toBe('PlanStale');
    });
    expect((await mhtctl.run(['deploy', 'staging', '--yes'])).exitCode).toBe(0);
  });

  it("made with the other's values is refused", async () => {
    const production = await readFile(join(project.configurationDir, 'terraform.tfvars.production'), 'utf8');
    await withFile(
      'terraform.tfvars.staging',
      () => production,
      async () => {
        const { exitCode, stderr } = await mhtctl.run(['deploy', 'staging', '--yes']);
        expect(exitCode).toBe(2);
        expect(stderr).toContain('"production"');
      },
    );
  });
});

describe('production', () => {
  it('is deployed when its name is typed, and by nothing else', async () => {
    await withFile('terraform.tfvars.production', retention, async () => {
      const before = await serialOf('production');
      const wrong = await mhtctl.atTerminal(
        ['deploy', 'production', ...UNPROVEN],
        [['Type its name to confirm', 'yes\r']],
      );
      expect(wrong.exitCode).toBe(4);
      expect(await serialOf('production')).toBe(before);
      const right = await mhtctl.atTerminal(
        ['deploy', 'production', ...UNPROVEN],
        [['Type its name to confirm', 'production\r']],
      );
      expect(right.exitCode).toBe(0);
      expect(await serialOf('production')).toBeGreaterThan(before);
    });
    expect((await mhtctl.run(['deploy', 'production', ...UNPROVEN, '--confirm', 'production'])).exitCode).toBe(0);
  });

  it('keeps what holds data unless each is allowed by name', async () => {
    await withFile(
      'terraform.tfvars.production',
      (text) => text.replace(/^ {2}feedback = \{/m, '  renamed = {'),
      async () => {
        const { exitCode, stdout } = await mhtctl.run([
          'deploy',
          'production',
          ...UNPROVEN,
          '--confirm',
          'production',
          '--json',
        ]);
        expect(exitCode).toBe(4);
        const { error } = JSON.parse(stdout);
        expect(error.code).toBe('DestroyNotAllowed');
        expect(error.message).toContain('module.queues.aws_sqs_queue.this["feedback"]');
        expect(error.nextSteps.join()).toContain(`--allow-destroy 'module.queues.aws_sqs_queue.this["feedback"]'`);
      },
    );
  });
});

it('a dry run shows the plan and changes nothing', async () => {
  await withFile('terraform.tfvars.staging', retention, async () => {
    const before = await objectsOf(mhtctl, STATE.staging);
    const { exitCode, stdout } = await mhtctl.run(['deploy', 'staging', '--dry-run', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'dry-run',
      deployment: null,
      plan: { summary: { update: 2 } },
    });
    expect(await objectsOf(mhtctl, STATE.staging)).toEqual(before);
  });
});

it('a real interrupt in a real apply leaves a readable state, no lock and a record, and the next deployment ends it', async () => {
  const file = 'interrupted.tf';
  await project.write(file, QUEUE);
  const { child, ended, said } = mhtctl.start(['deploy', 'staging', '--yes']);
  // The provider waits 25 s for a new queue; the interrupt comes when the queue has just been made.
  await Promise.race([
    until(
      'the queue to be there',
      async () =>
        (await tagged('staging')).some(({ ResourceARN = '' }) => ResourceARN.endsWith('mht-api-staging-interrupted')),
      60,
    ),
    ended.then(({ stderr }) => Promise.reject(new Error(`ended too early: ${stderr}`))),
  ]);
  child.kill('SIGINT');
  const { exitCode } = await ended;
  expect(said()).toContain('interrupted: Terraform finishes what it has begun');
  expect(exitCode).toBe(130);

  const objects = await objectsOf(mhtctl, STATE.staging);
  const state = JSON.parse(objects.get('staging/terraform.tfstate') ?? '{}');
  expect(state.version).toBe(4);
  expect(state.resources.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['app_lb', 'interrupted']),
  );
  expect([...objects.keys()].filter((key) => key.endsWith('.tflock'))).toEqual([]);
  expect(await locksIn(mhtctl, 'mht-api-terraform-locks-staging')).toEqual([]);
  expect(recordsIn(objects).at(-1)?.status).toBe('interrupted');

  await rm(join(project.configurationDir, file));
  const queue = 'aws_sqs_queue.interrupted';
  expect((await mhtctl.run(['deploy', 'staging', '--yes', '--allow-destroy', queue])).exitCode).toBe(0);
});

const QUEUE = `
resource "aws_sqs_queue" "interrupted" {
  name = "\${var.project_name}-\${var.environment}-interrupted"
}
`;

/** A quick change in place: how long the two log groups keep what they are told. */
function retention(text: string): string {
  return text.replace(/^(log_retention_days\s*=\s*)\d+/m, '$190');
}
