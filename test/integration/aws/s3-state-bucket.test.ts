import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import { S3StateBucket } from '../../../src/adapters/aws/s3-state-bucket.js';
import { S3StateStore } from '../../../src/adapters/aws/s3-state-store.js';
import { bindingOf } from '../../support/bindings.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';

const { backend } = bindingOf('staging');

describe('objects beside a state', () => {
  let aws: EmulatedAws;
  const bucket = new S3StateBucket(new AwsClients(new ClientConfigurations()));

  beforeAll(async () => {
    aws = await EmulatedAws.start();
  });
  afterAll(() => aws.stop());
  beforeEach(async () => {
    await aws.reset();
    const store = new S3StateStore(new AwsClients(new ClientConfigurations()), process.env['AWS_ENDPOINT_URL']);
    await store.repair(bindingOf('staging'), await store.inspect(bindingOf('staging')));
  });

  it('are read as they were written, and written over', async () => {
    await bucket.write(backend, 'a.json', '{"ä": 1}\n');
    expect(await bucket.read(backend, 'a.json')).toBe('{"ä": 1}\n');
    await bucket.write(backend, 'a.json', '{}');
    expect(await bucket.read(backend, 'a.json')).toBe('{}');
  });

  it('are not there before, nor after they were removed, twice as well', async () => {
    expect(await bucket.read(backend, 'a.json')).toBeNull();
    await bucket.write(backend, 'a.json', 'x');
    await bucket.remove(backend, 'a.json');
    await bucket.remove(backend, 'a.json');
    expect(await bucket.read(backend, 'a.json')).toBeNull();
  });

  it('mark a state that was migrated away, which is among the facts about its backend', async () => {
    const store = new S3StateStore(new AwsClients(new ClientConfigurations()), process.env['AWS_ENDPOINT_URL']);
    expect((await store.inspect(bindingOf('staging'))).migrated).toBeNull();
    const mark = { format: 1, environment: 'staging', to: { bucket: 'new', key: 'k' } };
    await bucket.write(backend, `${backend.key}.migrated.json`, JSON.stringify(mark));
    expect((await store.inspect(bindingOf('staging'))).migrated).toEqual(mark);
    await bucket.write(backend, `${backend.key}.migrated.json`, 'somebody else wrote this');
    expect((await store.inspect(bindingOf('staging'))).migrated).toBeNull();
  });

  it('are nowhere where there is no bucket', async () => {
    const nowhere = { ...backend, bucket: 'no-such-bucket-anywhere' };
    expect(await bucket.read(nowhere, 'a.json')).toBeNull();
    expect(await failureOf(bucket.write(nowhere, 'a.json', 'x'))).toMatchObject({
      code: 'AwsFailed',
      message: expect.stringContaining('s3:PutObject on s3://no-such-bucket-anywhere/a.json'),
    });
  });

  it('are reached in the region of their own backend', async () => {
    const west = { ...backend, bucket: 'a-bucket-in-the-west', region: 'us-west-2' };
    const binding = { ...bindingOf('staging'), backend: { ...west, lockTable: undefined } };
    const store = new S3StateStore(new AwsClients(new ClientConfigurations()), process.env['AWS_ENDPOINT_URL']);
    await store.repair(binding, await store.inspect(binding));
    await bucket.write(west, 'a.json', 'west');
    await bucket.write(backend, 'a.json', 'east');
    expect([await bucket.read(west, 'a.json'), await bucket.read(backend, 'a.json')]).toEqual(['west', 'east']);
  });
});
