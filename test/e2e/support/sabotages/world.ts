import { ACMClient } from '@aws-sdk/client-acm';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { Route53Client } from '@aws-sdk/client-route-53';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '../aws.js';
import type { CommandLine } from '../command-line.js';

/** Attributes of a resource in a state. */
export type Attributes = Readonly<Record<string, never>> & Readonly<Record<string, unknown>>;

/** A state file, as far as the sabotages touch it. */
export interface RawState {
  lineage: string;
  readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources: {
    readonly mode: string;
    readonly module?: string;
    readonly type: string;
    readonly name: string;
    readonly instances: { readonly index_key?: string | number; attributes: Record<string, unknown> }[];
  }[];
}

/** One environment, as its state describes it. */
export class Environment {
  readonly name: string;
  readonly state: RawState;

  constructor(name: string, state: RawState) {
    this.name = name;
    this.state = state;
  }

  /** The attributes of the resource at an address without instance keys, like `module.database.aws_dynamodb_table.this`. */
  resource(address: string, index = 0): Readonly<Record<string, string>> {
    const found = this.state.resources.find(
      ({ mode, module, type, name }) =>
        mode === 'managed' &&
        [module?.replace(/\[\d+\]/g, ''), type, name].filter((part) => part !== undefined).join('.') === address,
    );
    const attributes = found?.instances[index]?.attributes;
    if (attributes === undefined) throw new Error(`${this.name} has no ${address}`);
    return attributes as Readonly<Record<string, string>>;
  }

  get vpc(): string {
    return this.resource('module.network.aws_vpc.this')['id'] as string;
  }
  get instance(): string {
    return this.resource('module.compute.aws_instance.this')['id'] as string;
  }
  get instanceGroup(): string {
    return this.resource('module.security_groups.aws_security_group.instance')['id'] as string;
  }
  get balancerGroup(): string {
    return this.resource('module.security_groups.aws_security_group.alb')['id'] as string;
  }
  get privateRoutes(): string {
    return this.resource('module.network.aws_route_table.private')['id'] as string;
  }
  get bucket(): string {
    return this.resource('module.storage.aws_s3_bucket.this')['bucket'] as string;
  }
  get logsBucket(): string {
    return this.resource('module.storage.aws_s3_bucket.this', 1)['bucket'] as string;
  }
  get table(): Readonly<Record<string, string>> {
    return this.resource('module.database.aws_dynamodb_table.this');
  }
  get queue(): Readonly<Record<string, string>> {
    return this.resource('module.queues.aws_sqs_queue.this');
  }
  get deadLetters(): Readonly<Record<string, string>> {
    return this.resource('module.queues.aws_sqs_queue.dead_letter');
  }
  get topic(): string {
    return this.resource('module.monitoring.aws_sns_topic.alarms')['arn'] as string;
  }
  get key(): Readonly<Record<string, string>> {
    return this.resource('module.encryption.aws_kms_key.this');
  }
  get secret(): string {
    return this.resource('module.secrets.aws_secretsmanager_secret.this')['arn'] as string;
  }
  get role(): Readonly<Record<string, string>> {
    return this.resource('module.identity.aws_iam_role.this');
  }
  get instanceProfile(): Readonly<Record<string, string>> {
    return this.resource('module.identity.aws_iam_instance_profile.this');
  }
  get targetGroup(): string {
    return this.resource('module.alb.aws_lb_target_group.this')['arn'] as string;
  }
  get balancer(): Readonly<Record<string, string>> {
    return this.resource('module.alb.aws_lb.app_lb');
  }
  get listener(): string {
    return this.resource('module.alb.aws_lb_listener.https')['arn'] as string;
  }
  get certificate(): string {
    return this.resource('module.dns.aws_acm_certificate.this')['arn'] as string;
  }
  get logGroup(): string {
    return this.resource('module.monitoring.aws_cloudwatch_log_group.application')['name'] as string;
  }
}

/** Both environments and a client of each service, past mhtctl's own adapters. */
export class World {
  readonly staging: Environment;
  readonly production: Environment;
  readonly aws;

  private constructor(staging: Environment, production: Environment, settings: ReturnType<typeof clientSettings>) {
    this.staging = staging;
    this.production = production;
    this.aws = {
      acm: new ACMClient(settings),
      cloudwatch: new CloudWatchClient(settings),
      dynamodb: new DynamoDBClient(settings),
      ec2: new EC2Client(settings),
      elb: new ElasticLoadBalancingV2Client(settings),
      iam: new IAMClient(settings),
      kms: new KMSClient(settings),
      logs: new CloudWatchLogsClient(settings),
      route53: new Route53Client(settings),
      s3: new S3Client({ ...settings, forcePathStyle: true }),
      secrets: new SecretsManagerClient(settings),
      sns: new SNSClient(settings),
      sqs: new SQSClient(settings),
    };
  }

  static async look(mhtctl: CommandLine): Promise<World> {
    const settings = clientSettings(mhtctl);
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    const [staging, production] = await Promise.all(
      (['staging', 'production'] as const).map(
        async (name) => new Environment(name, JSON.parse(await stateText(s3, name))),
      ),
    );
    s3.destroy();
    if (staging === undefined || production === undefined) throw new Error('there are not two states');
    return new World(staging, production, settings);
  }

  /** Changes a state by a plain put, and returns what puts the old bytes back. */
  async editState(name: 'staging' | 'production', edit: (state: RawState) => void): Promise<() => Promise<unknown>> {
    const before = await stateText(this.aws.s3, name);
    const state = JSON.parse(before) as RawState;
    edit(state);
    const put = (Body: string) => this.aws.s3.send(new PutObjectCommand({ ...stateObject(name), Body }));
    await put(JSON.stringify(state));
    return () => put(before);
  }

  async stateText(name: 'staging' | 'production'): Promise<string> {
    return stateText(this.aws.s3, name);
  }

  dispose(): void {
    for (const client of Object.values(this.aws)) client.destroy();
  }
}

function stateObject(name: string) {
  return { Bucket: `mht-api-terraform-state-${name}`, Key: `${name}/terraform.tfstate` };
}

async function stateText(s3: S3Client, name: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand(stateObject(name)));
  return (await Body?.transformToString()) ?? '';
}
