import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { S3BucketContents } from '../../../src/adapters/aws/s3-bucket-contents.js';
import { bindingOf } from '../../support/bindings.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { type RecordedAnswer, RecordedAws } from '../../support/recorded-aws.js';

const staging = bindingOf('staging');
const Bucket = 'acme-staging-data';
const contents = new S3BucketContents(new ClientConfigurations());
const count = () => contents.count(staging, Bucket, undefined);

async function whereS3Answers<T>(answer: RecordedAnswer, ask: () => Promise<T>): Promise<T> {
  const recorded = await RecordedAws.start(() => answer);
  const environment = new CallerEnvironment();
  environment.set({ AWS_ENDPOINT_URL: recorded.endpoint });
  try {
    return await ask();
  } finally {
    environment.restore();
    await recorded.stop();
  }
}

describe('what a bucket holds', () => {
  let aws: EmulatedAws;
  let s3: S3Client;
  beforeAll(async () => {
    aws = await EmulatedAws.start();
    s3 = new S3Client();
  });
  afterAll(async () => {
    s3.destroy();
    await aws.stop();
  });

  beforeEach(() => aws.reset());

  it('is nothing without it', async () => {
    expect(await count()).toEqual({ versions: 0, more: false });
  });

  it('is its objects, their earlier versions and the marks of those that were deleted', async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    expect(await count()).toEqual({ versions: 0, more: false });
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    for (const Body of ['one', 'two']) await s3.send(new PutObjectCommand({ Bucket, Key: 'object', Body }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'object' }));
    expect(await count()).toEqual({ versions: 3, more: false });
  });

  it('is more than was counted, where S3 says so', async () => {
    const versions = Array.from({ length: 1000 }, (_, index) => `<Version><Key>${index}</Key></Version>`).join('');
    const body = `<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>true</IsTruncated>${versions}</ListVersionsResult>`;
    expect(await whereS3Answers({ status: 200, body }, count)).toEqual({ versions: 1000, more: true });
  });

  it('is not known without the permission, which is named', async () => {
    const body = '<Error><Code>AccessDenied</Code><Message>no</Message></Error>';
    const failure = await whereS3Answers({ status: 403, body }, () => failureOf(count()));
    expect(failure).toMatchObject({ code: 'AwsDenied', exitCode: 5 });
    expect(failure.message).toContain(`s3:ListBucketVersions on s3://${Bucket}`);
  });
});
