import { describe, expect, it } from '@jest/globals';
import { parseHcl } from '../../../../src/adapters/hcl/parse.js';
import { decodeUsage } from '../../../../src/domain/cost/usage.js';
import { failureOf } from '../../../fakes/failure.js';

const ENVIRONMENTS = ['production', 'staging'];
const decode = async (text: string) => decodeUsage(parseHcl('terraform/usage.hcl', text), ENVIRONMENTS);
const staging = async (text: string) => {
  const usage = (await decode(`environment "staging" {\n${text}\n}\n`)).get('staging');
  if (usage === undefined) throw new Error('nothing was said of staging');
  return usage;
};

describe('a usage file', () => {
  it('says the use of all resources of a type, or of one', async () => {
    const usage = await staging(`
      aws_sqs_queue {
        requests = 2500000
      }
      aws_sqs_queue "module.queues.aws_sqs_queue.this[\\"feedback\\"]" {
        requests = 0.5
      }`);
    const stated = (address: string) => usage.stated('aws_sqs_queue', address, 'requests')?.toString();
    expect(stated('module.queues.aws_sqs_queue.this["other"]')).toBe('2500000');
    expect(stated('module.queues.aws_sqs_queue.this["feedback"]')).toBe('0.5');
    expect(usage.stated('aws_sqs_queue', 'x', 'dead_letter_requests')).toBeUndefined();
    expect(usage.stated('aws_sns_topic', 'x', 'requests')).toBeUndefined();
  });

  it('leaves to its type what it does not say of a resource', async () => {
    const usage = await staging(`
      aws_s3_bucket {
        stored_gb = 100
        objects = 5
      }
      aws_s3_bucket "aws_s3_bucket.a" {
        stored_gb = 7
      }`);
    expect(usage.stated('aws_s3_bucket', 'aws_s3_bucket.a', 'objects')?.toString()).toBe('5');
  });

  it('says nothing of an environment it does not name', async () => {
    expect((await decode('environment "staging" {\n}\n')).get('production')).toBeUndefined();
  });

  it('tells which addresses nobody has', async () => {
    const usage = await staging('aws_lb "module.alb.aws_lb.x" {\n average_lcus = 1\n}');
    expect(usage.strays(['module.alb.aws_lb.x'])).toEqual([]);
    expect(usage.strays(['module.alb.aws_lb.y'])).toEqual([
      { address: 'module.alb.aws_lb.x', location: expect.objectContaining({ line: 2 }) },
    ]);
  });

  it.each([
    [
      'a key',
      'aws_lb {\n average_lcu = 1\n}',
      'unknown usage of aws_lb "average_lcu" at terraform/usage.hcl:3; did you mean "average_lcus"?',
    ],
    [
      'a type',
      'aws_sqs_queu {\n}',
      'unknown resource type with usage "aws_sqs_queu" at terraform/usage.hcl:2; did you mean "aws_sqs_queue"?',
    ],
    ['a type that is free', 'aws_iam_role {\n}', 'unknown resource type with usage "aws_iam_role"'],
    ['a number without its type', 'average_lcus = 1', 'unknown usage attribute "average_lcus"'],
  ])('is refused with %s it does not know, and the nearest is named', async (_, text, message) => {
    const failure = await failureOf(() => staging(text));
    expect(failure).toMatchObject({ code: 'InvalidUsage', exitCode: 2 });
    expect(failure.message).toContain(message);
  });

  it.each([
    ['-1', 'average_lcus = -1 at terraform/usage.hcl:3 is below zero'],
    ['10001', 'average_lcus = 10001 at terraform/usage.hcl:3 is more than 10000'],
    ['99999999', 'is more than 10000'],
    ['"1"', 'is a string; it has to be a number'],
    ['true', 'is a boolean; it has to be a number'],
  ])('is refused with %s', async (value, message) => {
    const failure = await failureOf(() => staging(`aws_lb {\n average_lcus = ${value}\n}`));
    expect(failure.code).toBe('InvalidUsage');
    expect(failure.message).toContain(message);
  });

  it('is refused with more hours than a month has', async () => {
    const failure = await failureOf(() => staging('aws_instance {\n hours = 745\n}'));
    expect(failure.message).toContain('hours = 745 at terraform/usage.hcl:3 is more than 744');
  });

  it.each([
    [
      'requests = 1',
      'unknown usage attribute "requests" at terraform/usage.hcl:1; a usage file holds environment blocks',
    ],
    ['enviroment "staging" {\n}', 'unknown usage block "enviroment"'],
    ['environment "stagin" {\n}', 'unknown environment "stagin" at terraform/usage.hcl:1; did you mean "staging"?'],
    ['environment {\n}', 'has 0 labels'],
    [
      'environment "staging" {\n}\nenvironment "staging" {\n}',
      'a second environment "staging" at terraform/usage.hcl:3; the first is on line 1',
    ],
    ['environment "staging" {\n aws_lb {\n }\n aws_lb {\n }\n}', 'a second block of aws_lb'],
    ['environment "staging" {\n aws_lb "a" "b" {\n }\n}', 'has several labels'],
    ['environment "staging" {\n aws_lb {\n  more {\n  }\n }\n}', 'has a block inside'],
  ])('is refused when it is %j', async (text, message) => {
    const failure = await failureOf(() => decode(text));
    expect(failure.code).toBe('InvalidUsage');
    expect(failure.message).toContain(message);
  });
});
