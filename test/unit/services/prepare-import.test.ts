import { beforeEach, describe, expect, it } from '@jest/globals';
import { prepareImport } from '../../../src/services/prepare-import.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { changeOf, planOf } from '../../fakes/plans.js';
import { fakePorts } from '../../fakes/ports.js';

const TARGET = { address: 'aws_s3_bucket.data', id: 'mht-api-staging-data' };
const LOCATION = { location: { file: 'main.tf', line: 1, column: 1 }, countedBy: [] };
const imported = changeOf(TARGET.address, { actions: ['no-op'], importId: TARGET.id });

let ports: ReturnType<typeof fakePorts>;
beforeEach(() => {
  ports = fakePorts();
  ports.configuration.configured = new Map([[TARGET.address, LOCATION]]);
  ports.terraform.planToShow = planOf([imported]);
});
const prepare = (target = TARGET) => prepareImport(ports, { binding: STAGING, target, hold: { waitSeconds: 0 } });

describe('an import, before it is confirmed', () => {
  it('is planned for the resource alone, under the lock, and knows what it is about', async () => {
    const prepared = await prepare();
    expect(ports.terraform.purposes).toEqual([{ kind: 'import', target: TARGET }]);
    expect(prepared).toMatchObject({ operation: 'import', about: TARGET, risks: [] });
    expect(ports.operationLock.held).toMatchObject({ operation: 'import' });
  });

  it('of what is not configured is refused before anything is planned', async () => {
    const failure = await failureOf(() => prepare({ ...TARGET, address: 'aws_s3_bucket.other' }));
    expect(failure).toMatchObject({ code: 'AddressUnknown', exitCode: 2 });
    expect(ports.terraform.purposes).toEqual([]);
    expect(ports.operationLock.held).toBeNull();
  });

  it('of what the state has is refused', async () => {
    ports.configuration.configured = new Map([['aws_sqs_queue.this', LOCATION]]);
    expect(await failureOf(() => prepare({ address: 'aws_sqs_queue.this', id: 'x' }))).toMatchObject({
      code: 'AlreadyInState',
      exitCode: 3,
    });
  });

  it('that would change something else is forbidden, beside what any plan is judged by', async () => {
    const foreign = changeOf('aws_sqs_queue.other', { after: { name: 'mht-api-production-jobs' } });
    ports.terraform.planToShow = planOf([imported, foreign]);
    const { risks } = await prepare();
    expect(risks.map(({ rule, severity }) => [rule, severity])).toContainEqual(['import-alone', 'forbidden']);
    expect(risks.map(({ rule }) => rule)).toContain('names-other-environment');
  });
});
