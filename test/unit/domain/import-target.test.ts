// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of HCL.
import { describe, expect, it } from '@jest/globals';
import { importBlock, refuseImpossibleImport, refuseInvalidTarget } from '../../../src/domain/import-target.js';
import { failureOf } from '../../fakes/failure.js';
import { stateOf } from '../../fakes/states.js';

const targetOf = (address: string, id = 'bucket-1') => ({ address, id });

describe('the target of an import', () => {
  it.each([
    'aws_s3_bucket.data',
    'aws_sqs_queue.this["a.b]c"]',
    'aws_instance.this[0]',
    'module.storage.aws_s3_bucket.data',
    'module.a["x"].module.b[1].aws_s3_bucket.data["y"]',
  ])('may be %s', (address) => {
    expect(() => refuseInvalidTarget('staging', targetOf(address))).not.toThrow();
  });

  it.each([
    '',
    'aws_s3_bucket',
    'data.aws_s3_bucket.this',
    'module.storage',
    'module.storage.data.aws_region.here',
    'aws_sqs_queue.this[jobs]',
    'aws_sqs_queue.this["${evil}"]',
    'aws_sqs_queue.this["a"]\n}\nresource "x" "y" {',
    'aws_sqs_queue.this[*]',
  ])('is no %j', async (address) => {
    const failure = await failureOf(() => refuseInvalidTarget('staging', targetOf(address)));
    expect(failure).toMatchObject({ code: 'AddressInvalid', exitCode: 2 });
  });

  it.each(['', 'a\nb', 'a\u0007'])('has no id like %j', async (id) => {
    const failure = await failureOf(() => refuseInvalidTarget('staging', targetOf('aws_s3_bucket.data', id)));
    expect(failure).toMatchObject({ code: 'IdInvalid', exitCode: 2 });
  });
});

describe('an import', () => {
  const declared = ['aws_s3_bucket.data', 'module.storage.aws_s3_bucket.logs', 'module.remote'];
  const refused = (address: string, id?: string, state = stateOf({ instances: [] })) =>
    failureOf(() => refuseImpossibleImport('staging', targetOf(address, id), { declared, state }));
  const possible = (address: string, known: readonly string[] = declared) =>
    refuseImpossibleImport('staging', targetOf(address), { declared: known, state: null });

  it.each([
    'aws_s3_bucket.data',
    'aws_s3_bucket.data["x"]',
    'module.storage["a"].aws_s3_bucket.logs[0]',
    'module.remote.aws_vpc.whatever',
  ])('is possible of what is configured: %s', (address) => {
    expect(() => possible(address)).not.toThrow();
  });

  it('is left for Terraform to judge where the root could not be read whole', () => {
    expect(() => possible('aws_vpc.this', [''])).not.toThrow();
  });

  it('of what is not configured is refused, the nearest named', async () => {
    const failure = await refused('aws_s3_bucket.date');
    expect(failure).toMatchObject({ code: 'AddressUnknown', exitCode: 2 });
    expect(failure.message).toContain('did you mean aws_s3_bucket.data?');
  });

  it('of an address that is in the state is refused, with the id it has', async () => {
    const state = stateOf({
      instances: [{ address: 'aws_s3_bucket.data', type: 'aws_s3_bucket', attributes: { id: 'b' } }],
    });
    const failure = await refused('aws_s3_bucket.data', 'other', state);
    expect(failure).toMatchObject({ code: 'AlreadyInState', exitCode: 3 });
    expect(failure.message).toContain('"b"');
    expect(failure.nextSteps[0]).toContain("mhtctl terraform staging -- state rm 'aws_s3_bucket.data'");
  });

  it('of an object that the state knows by another address is refused; of another type it is another object', async () => {
    const instance = (type: string) => ({ address: `${type}.old`, type, attributes: { id: 'bucket-1' } });
    const failure = await refused(
      'aws_s3_bucket.data',
      'bucket-1',
      stateOf({ instances: [instance('aws_s3_bucket')] }),
    );
    expect(failure).toMatchObject({ code: 'AlreadyInState', exitCode: 3 });
    expect(failure.message).toContain('aws_s3_bucket.old');
    expect(failure.nextSteps[0]).toContain('moved { from = aws_s3_bucket.old, to = aws_s3_bucket.data }');
    const policy = stateOf({ instances: [instance('aws_s3_bucket_policy')] });
    expect(() =>
      refuseImpossibleImport('staging', targetOf('aws_s3_bucket.data'), { declared, state: policy }),
    ).not.toThrow();
  });

  it('is written as Terraform reads it, whatever the id', () => {
    expect(importBlock(targetOf('a.b["x"]', 'plain'))).toBe('import {\n  to = a.b["x"]\n  id = "plain"\n}\n');
    expect(importBlock(targetOf('a.b', '${x}%{y}"\\'))).toContain('id = "$${x}%%{y}\\"\\\\"');
  });
});
