import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FileConfiguration } from '../../../src/adapters/hcl/configuration/file-configuration.js';
import type { ConfiguredResource } from '../../../src/domain/separation/evidence.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

describe("the project's own configuration", () => {
  let resources: ReadonlyMap<string, ConfiguredResource>;

  beforeAll(async () => {
    const configurationDir = join(ROOT, 'terraform');
    resources = await new FileConfiguration({ root: ROOT, configurationDir }).resources();
  });

  it.each<[string, string, readonly string[]]>([
    ['module.compute.aws_instance.this', 'compute', ['instance_count']],
    ['module.compute.aws_lb_target_group_attachment.this', 'compute', ['instance_count']],
    ['module.compute.terraform_data.ami', 'compute', []],
    ['module.queues.aws_sqs_queue.this', 'queues', ['sqs_queue_configurations']],
    // Its keys are the queues' names, which carry the environment's.
    ['module.queues.aws_sqs_queue_policy.this', 'queues', ['environment', 'project_name', 'sqs_queue_configurations']],
    [
      'module.monitoring.aws_cloudwatch_metric_alarm.queue',
      'monitoring',
      ['enable_sqs_cloudwatch_alarms', 'sqs_queue_configurations'],
    ],
    ['module.monitoring.aws_cloudwatch_metric_alarm.load_balancer', 'monitoring', []],
    ['module.monitoring.aws_sns_topic_subscription.email', 'monitoring', ['alarm_email_addresses']],
    ['module.alb.aws_lb.app_lb', 'load-balancer', []],
    ['module.storage.aws_s3_bucket.this', 'storage', []],
    ['module.storage.aws_s3_bucket_policy.this', 'storage', []],
    ['module.database.aws_dynamodb_table.this', 'database', []],
    // Its zones are those of the region and the account.
    ['module.network.aws_subnet.public', 'network', ['assume_role_arn', 'aws_account_id', 'aws_region']],
  ])('writes %s in module %s, counted by %j', (address, module, countedBy) => {
    expect(resources.get(address)?.countedBy).toEqual(countedBy);
    expect(resources.get(address)?.location.file).toBe(`terraform/modules/${module}/main.tf`);
  });

  it.each(['aws_eip.nat', 'aws_nat_gateway.this'])('counts %s by nat_gateway_per_zone', (name) => {
    expect(resources.get(`module.network.${name}`)?.countedBy).toContain('nat_gateway_per_zone');
  });

  it('counts the records that validate a certificate by the name it is for', () => {
    expect(resources.get('module.dns.aws_route53_record.validation')?.countedBy).toContain('dns_name');
  });

  it('has every resource block of every module, at its line', async () => {
    const { stdout } = await promisify(execFile)(
      'grep',
      ['-rnoE', '--include=*.tf', '^resource "[a-z0-9_]+" "[a-z0-9_]+"', 'terraform/modules'],
      { cwd: ROOT },
    );
    const written = stdout
      .trim()
      .split('\n')
      .map((line) => {
        const [, file, number, type, name] = /^(.+?):(\d+):resource "(.+)" "(.+)"$/.exec(line) ?? [];
        return `${type}.${name} ${file}:${number}:1`;
      });
    const found = [...resources].map(
      ([
        address,
        {
          location: { file, line, column },
        },
      ]) => {
        return `${address.replace(/^module\.\w+\./, '')} ${file}:${line}:${column}`;
      },
    );
    expect(written.length).toBeGreaterThan(50);
    expect(found.sort()).toEqual(written.sort());
  });
});

describe('a configuration', () => {
  let root: string;

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'configuration-')));
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  const read = () => new FileConfiguration({ root, configurationDir: join(root, 'terraform') }).resources();

  const write = async (files: Readonly<Record<string, string>>) => {
    for (const [file, text] of Object.entries(files)) {
      const path = join(root, 'terraform', file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  };

  /** Each address with its place and what counts it. */
  const entries = async () =>
    [...(await read())].map(
      ([
        address,
        {
          location: { file, line },
          countedBy,
        },
      ]) => `${address} ${file.replace('terraform/', '')}:${line} ${countedBy.join(' ')}`,
    );

  const X = 'resource "aws_x" "this" {}\n';

  it('follows modules beside and below the directory, as often as they are called', async () => {
    await write({
      'main.tf': 'module "a" { source = "./m" }\nmodule "b" {\n  source = "../shared/"\n  count  = var.b\n}\n',
      'm/main.tf': `module "c" { source = "../../shared" }\n${X}`,
      '../shared/x.tf': X,
    });
    expect(await entries()).toEqual([
      'module.a.aws_x.this m/main.tf:2 ',
      'module.b.aws_x.this shared/x.tf:1 b',
      'module.a.module.c.aws_x.this shared/x.tf:1 ',
    ]);
  });

  it.each([
    ['a registry', 'source = "terraform-aws-modules/vpc/aws"'],
    ['git', 'source = "git::https://example.com/vpc.git"'],
    ['a directory that is not there', 'source = "./missing"'],
    ['a file', 'source = "./main.tf"'],
    ['an expression', 'source = var.source'],
    ['nowhere', 'version = "1.0"'],
  ])('lets the call of a module from %s stand for it', async (_, source) => {
    await write({ 'main.tf': `${X}module "vpc" {\n  ${source}\n  cidr = var.vpc_cidr\n}\n` });
    const found = await read();
    expect([...found.keys()]).toEqual(['aws_x.this', 'module.vpc']);
    expect(found.get('module.vpc')?.location).toEqual({ file: 'terraform/main.tf', line: 2, column: 1 });
    expect(found.get('module.vpc')?.countedBy).toContain('vpc_cidr');
  });

  it.each([
    ['does not parse', 'b.tf', 'resource "aws_y" "this" {\n'],
    ['is JSON', 'b.tf.json', '{}'],
    ['is huge', 'b.tf', `# ${'x'.repeat(5 * 1024 * 1024)}\n`],
  ])('without a file that %s is that of the others, and says so', async (_, file, text) => {
    await write({
      'main.tf': `${X}module "m" { source = "./m" }\n`,
      [file]: text,
      'm/a.tf': `${X}module "n" { source = "./n" }\n`,
      [`m/${file}`]: text,
      'm/n/a.tf': X,
    });
    expect(await entries()).toEqual([
      ` ${file}:1 `,
      'aws_x.this main.tf:1 ',
      'module.m main.tf:2 ',
      'module.m.aws_x.this m/a.tf:1 ',
      'module.m.module.n.aws_x.this m/n/a.tf:1 ',
    ]);
  });

  it.each([
    ['by its own path', { 'm/main.tf': `${X}module "self" { source = "../m" }\n` }],
    [
      'around a corner',
      { 'm/main.tf': `${X}module "self" { source = "./n" }\n`, 'm/n/a.tf': 'module "up" { source = "./.." }' },
    ],
  ])('ends where a module calls itself %s', async (_, files) => {
    await write({ 'main.tf': 'module "m" { source = "./m" }\n', ...files });
    expect([...(await read()).keys()]).toEqual([
      'module.m.aws_x.this',
      Object.keys(files).length === 1 ? 'module.m.module.self' : 'module.m.module.self.module.up',
    ]);
  });

  it('ends where a module calls itself through a symbolic link', async () => {
    await write({ 'main.tf': `${X}module "m" { source = "./link" }\n` });
    await symlink('.', join(root, 'terraform/link'));
    expect(await entries()).toEqual(['aws_x.this main.tf:1 ', 'module.m main.tf:2 ']);
  });

  it('ends where calls of calls double each time', async () => {
    const twice = (next: number) => `module "a" { source = "../${next}" }\nmodule "b" { source = "../${next}" }\n`;
    const files = Array.from({ length: 30 }, (_, index) => [`${index}/main.tf`, twice(index + 1)] as const);
    await write({ ...Object.fromEntries(files), '30/main.tf': X, 'main.tf': 'module "m" { source = "./0" }\n' });
    const found = [...(await read()).keys()];
    // Whatever is not followed is told as a module that was not read.
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((address) => /^module\.m(?:\.module\.[ab])+$/.test(address))).toBe(true);
  });

  it('reads through symbolic links, and passes over directories and hidden files', async () => {
    await write({ 'sub.tf/main.tf': 'resource "aws_y" "this" {}', '.hidden.tf': '{', '../elsewhere/x.tf': X });
    await symlink('../elsewhere/x.tf', join(root, 'terraform/x.tf'));
    expect(await entries()).toEqual(['aws_x.this x.tf:1 ']);
  });

  it('says so where a symbolic link leads nowhere, or a file is none', async () => {
    await write({ 'main.tf': X, 'm/main.tf': X });
    await symlink('nowhere', join(root, 'terraform/x.tf'));
    expect(await entries()).toEqual([' x.tf:1 ', 'aws_x.this main.tf:1 ']);
    await rm(join(root, 'terraform/x.tf'));
    await promisify(execFile)('mkfifo', [join(root, 'terraform/pipe.tf')]);
    expect(await entries()).toEqual([' pipe.tf:1 ', 'aws_x.this main.tf:1 ']);
  });

  it('takes overrides last, whatever their names, and keeps the place of what they override', async () => {
    await write({
      'a_override.tf': 'resource "aws_x" "this" {\n  count = var.a\n}\n',
      'main.tf': '\nresource "aws_x" "this" {\n  count = var.main\n}\n',
      'override.tf': 'resource "aws_x" "this" {\n  count = var.o\n}\n',
    });
    expect(await entries()).toEqual(['aws_x.this main.tf:2 o']);
  });

  it('is not known when there is no directory', async () => {
    expect(await entries()).toEqual([' terraform:1 ']);
  });

  it('is empty when the directory is', async () => {
    await write({ 'notes.txt': X });
    expect(await entries()).toEqual([]);
  });
});
