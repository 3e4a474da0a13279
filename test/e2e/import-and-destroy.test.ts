import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clientSettings, objectsOf, recordsIn } from './support/aws.js';
import { CommandLine } from './support/command-line.js';
import { storageProject, type TemporaryProject, variablesOf } from './support/project.js';

/** What was made by hand is taken in, and everything is taken away: by the built command line, Terraform and provider. */
let project: TemporaryProject;
let mhtctl: CommandLine;
let s3: S3Client;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  project = await storageProject();
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  s3 = new S3Client({ ...clientSettings(mhtctl), forcePathStyle: true });
  dynamodb = new DynamoDBClient(clientSettings(mhtctl));
  for (const name of ['alpha', 'omega']) await mhtctl.succeed(['bootstrap', name, '--confirm', name]);
  await mhtctl.succeed(['deploy', 'alpha', '--yes']);
});
afterAll(async () => {
  s3.destroy();
  dynamodb.destroy();
  await mhtctl.stopEmulator();
  await project.dispose();
});

const json = (...args: readonly string[]) => mhtctl.json(...args);
const refused = (...args: readonly string[]) => mhtctl.refusal(...args);
const variables = (more: string) => project.write('terraform.tfvars.alpha', variablesOf('alpha', more));
const isThere = (bucket: string) =>
  s3.send(new HeadBucketCommand({ Bucket: bucket })).then(
    () => true,
    () => false,
  );
const addresses = async (): Promise<readonly string[]> =>
  (await json('state', 'names', 'alpha')).resources.map(({ address }: { address: string }) => address);

// One story in its order: what is destroyed cannot be imported any more.
it('a bucket that was made by hand is taken in, and then the environment is taken away', async () => {
  const ADDRESS = 'aws_s3_bucket.by_hand[0]';
  const BUCKET = 'small-alpha-by-hand';

  // Nothing is imported that is not configured, not there, or there already.
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const before = await addresses();
  expect(await refused('import', 'alpha', 'aws_s3_bucket.nowhere', BUCKET)).toMatchObject({
    code: 'AddressUnknown',
    exitCode: 2,
  });
  expect(await refused('import', 'alpha', 'aws_s3_bucket', BUCKET)).toMatchObject({
    code: 'AddressInvalid',
    exitCode: 2,
  });
  expect(await refused('import', 'alpha', ADDRESS, BUCKET)).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
  await variables('second_bucket = true\n');
  expect(await refused('import', 'alpha', 'aws_s3_bucket.data', BUCKET)).toMatchObject({
    code: 'AlreadyInState',
    exitCode: 3,
  });
  expect(await refused('import', 'alpha', ADDRESS, 'small-alpha-data')).toMatchObject({ code: 'AlreadyInState' });
  expect(await refused('import', 'alpha', ADDRESS, 'no-such-bucket')).toMatchObject({
    code: 'TerraformFailed',
    exitCode: 5,
  });
  expect(await refused('import', 'alpha', ADDRESS, BUCKET)).toMatchObject({ code: 'ConfirmationMissing', exitCode: 4 });
  expect(await addresses()).toEqual(before);

  // What else differs is neither changed by the import nor in its way.
  await variables('second_bucket = true\ndeletion_protection = true\n');
  const files = await readdir(project.configurationDir);
  const imported = await json('import', 'alpha', ADDRESS, BUCKET, '--yes');
  expect(imported).toMatchObject({ outcome: 'applied', imported: { address: ADDRESS, id: BUCKET } });
  expect(imported.plan.changes).toEqual([expect.objectContaining({ address: ADDRESS, actions: ['update'] })]);
  expect(await addresses()).toContain(ADDRESS);
  expect(await readdir(project.configurationDir)).toEqual(files);
  expect(await readdir(join(project.root, '.mhtctl', 'environments', 'alpha', 'imports'))).toEqual([]);
  expect(recordsIn(await objectsOf(mhtctl, 'small-state-alpha')).at(-1)).toMatchObject({
    operation: 'import',
    status: 'applied',
  });
  expect((await json('deploy', 'alpha', '--yes')).plan.summary).toEqual({
    create: 0,
    update: 1,
    delete: 0,
    replace: 0,
  });

  // Nothing is destroyed that is protected, or halfway.
  expect(await refused('destroy', 'omega', '--confirm', 'omega')).toMatchObject({
    code: 'DestroyNotAllowedByPolicy',
    exitCode: 3,
  });
  await s3.send(new PutObjectCommand({ Bucket: 'small-alpha-data', Key: 'object', Body: 'wanted' }));
  const blocked = await refused('destroy', 'alpha', '--confirm', 'alpha');
  expect(blocked).toMatchObject({ code: 'DestroyBlocked', exitCode: 3 });
  expect(blocked.message).toContain('aws_dynamodb_table.items is protected from deletion');
  expect(blocked.message).toContain('small-alpha-data is not empty (1 object or version)');
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'small-alpha-items' }));
  expect(Table?.TableStatus).toBe('ACTIVE');

  // Without its protection, the typed name takes it away; what was tagged by hand is found.
  await variables('second_bucket = true\n');
  await mhtctl.succeed(['deploy', 'alpha', '--yes']);
  await s3.send(new DeleteObjectCommand({ Bucket: 'small-alpha-data', Key: 'object' }));
  await s3.send(new CreateBucketCommand({ Bucket: 'forgotten' }));
  await s3.send(
    new PutBucketTaggingCommand({ Bucket: 'forgotten', Tagging: { TagSet: [{ Key: 'Environment', Value: 'alpha' }] } }),
  );
  expect(await refused('destroy', 'alpha')).toMatchObject({
    code: 'ConfirmationMissing',
    nextSteps: ['mhtctl destroy alpha --confirm alpha'],
  });
  expect(await isThere('small-alpha-data')).toBe(true);
  const { exitCode, stdout } = await mhtctl.run(['destroy', 'alpha', '--confirm', 'alpha', '--json']);
  const destroyed = JSON.parse(stdout);
  expect(exitCode).toBe(3);
  expect(destroyed).toMatchObject({ outcome: 'destroyed', kept: ['s3://small-state-alpha', 'small-locks-alpha'] });
  expect(destroyed.leftovers).toEqual([
    expect.objectContaining({
      id: 'arn:aws:s3:::forgotten',
      status: 'there',
      remedy: 'aws s3 rb s3://forgotten --force',
    }),
  ]);
  for (const bucket of ['small-alpha-data', BUCKET]) expect(await isThere(bucket)).toBe(false);
  expect(await addresses()).toEqual([]);
  expect(recordsIn(await objectsOf(mhtctl, 'small-state-alpha')).at(-1)).toMatchObject({
    operation: 'destroy',
    status: 'applied',
  });
  const objects = await objectsOf(mhtctl, 'small-state-alpha');
  expect(objects.has(destroyed.backup.object.replace('s3://small-state-alpha/', ''))).toBe(true);

  // Looking again is safe, and so is beginning anew.
  expect((await mhtctl.run(['destroy', 'alpha', '--json'])).exitCode).toBe(3);
  expect((await json('plan', 'alpha')).summary).toMatchObject({ create: 3 });
});
