import { describe, expect, it } from '@jest/globals';
import { environmentStatus, environmentStatuses } from '../../../src/services/environment-status.js';
import { bindingOf, PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { offHoursOf, scheduleResources } from '../../fakes/off-hours.js';
import { LINEAGE } from '../../fakes/plans.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { recordOf, stateOf } from '../../fakes/states.js';

describe('the status of an environment', () => {
  it('is what its state and its ledger say', async () => {
    const ports = fakePorts();
    ports.ledger.last = recordOf({ status: 'failed', error: 'secret' });
    expect(await environmentStatus(ports, PRODUCTION)).toEqual({
      name: 'production',
      protected: true,
      backend: {
        bucket: 'mht-api-terraform-state-production',
        key: 'production/terraform.tfstate',
        region: 'us-east-1',
        lockTable: 'mht-api-terraform-locks-production',
      },
      state: { serial: 7, lineage: LINEAGE, resources: 1 },
      lastDeployment: {
        id: '20261122T090000Z-ffffff',
        commit: '0123456789abcdef0123456789abcdef01234567',
        startedAt: '2026-11-22T09:00:00.000Z',
        finishedAt: '2026-11-22T09:02:00.000Z',
        actor: 'arn:aws:iam::111111111111:user/ada',
        operation: 'deploy',
        status: 'failed',
      },
      offHours: null,
      unreadableRecords: [],
    });
  });

  it('has the schedule that is applied, and whether the instances are on by it', async () => {
    const ports = fakePorts();
    ports.stateStore.state = stateOf({ instances: scheduleResources() });
    // A Monday, ten o'clock in UTC and eleven in Berlin.
    expect((await environmentStatus(ports, STAGING)).offHours).toEqual({
      ...offHoursOf(),
      on: true,
      nextStart: '2026-11-24T06:00:00.000Z',
      nextStop: '2026-11-23T19:00:00.000Z',
    });
  });

  it('passes over what had no plan, and names the records that cannot be read', async () => {
    const ports = fakePorts();
    ports.ledger.last = recordOf();
    ports.ledger.records.push(recordOf({ id: '20261123T090000Z-ffffff', operation: 'unlock', planDigest: null }));
    ports.ledger.unreadable = [{ id: '20261124T090000Z-ffffff', object: 's3://b/k', why: 'is garbage' }];
    expect(await environmentStatus(ports, STAGING)).toMatchObject({
      lastDeployment: { id: '20261122T090000Z-ffffff', operation: 'deploy' },
      unreadableRecords: ['s3://b/k'],
    });
  });

  it('is nothing yet before the first deployment', async () => {
    const ports = fakePorts();
    ports.stateStore.state = null;
    const binding = bindingOf('staging', { backend: { lockTable: undefined } });
    expect(await environmentStatus(ports, binding)).toMatchObject({
      protected: false,
      backend: { lockTable: null },
      state: null,
      lastDeployment: null,
    });
  });

  it('reads the state and the ledger and nothing else', async () => {
    const ports = fakePorts();
    await environmentStatus(ports, STAGING);
    expect([...ports.journal].sort()).toEqual(['ledger.list', 'stateStore.readState']);
  });

  it('fails as AWS does, and at once when interrupted', async () => {
    const ports = fakePorts();
    ports.stateStore.readFailure = toolFailure('no network');
    expect(await failureOf(() => environmentStatus(ports, STAGING))).toBe(ports.stateStore.readFailure);
    ports.interruption.interrupt();
    expect(await failureOf(() => environmentStatus(ports, STAGING))).toMatchObject({ exitCode: 130 });
  });
});

describe('the status of every environment', () => {
  const withFailure = (ports: ReturnType<typeof fakePorts>, name: string, failure: unknown) => ({
    ...ports,
    ledger: {
      append: async () => undefined,
      find: async () => null,
      list: async (binding: { readonly name: string }) => {
        if (binding.name === name) throw failure;
        return { records: [recordOf()], unreadable: [], older: 0 };
      },
    },
  });

  it('has no failure where there is none', async () => {
    const { environments, failures } = await environmentStatuses(fakePorts(), [PRODUCTION, STAGING]);
    expect(environments.map(({ name }) => name)).toEqual(['production', 'staging']);
    expect(failures).toEqual([]);
    for (const status of environments) expect(status).not.toHaveProperty('error');
  });

  it('tells of all but the one that cannot be read, and why not of that', async () => {
    const failure = toolFailure('no network');
    const ports = withFailure(fakePorts(), 'production', failure);
    const { environments, failures } = await environmentStatuses(ports, [PRODUCTION, STAGING]);
    expect(environments).toMatchObject([
      {
        name: 'production',
        protected: true,
        backend: { bucket: PRODUCTION.backend.bucket },
        state: null,
        lastDeployment: null,
        error: { code: 'AwsFailed', message: 'no network' },
      },
      { name: 'staging', state: { serial: 7 }, lastDeployment: { status: 'applied' } },
    ]);
    expect(environments[1]).not.toHaveProperty('error');
    expect(failures).toEqual([failure]);
  });

  it('ends at once when interrupted', async () => {
    const ports = fakePorts();
    ports.interruption.interrupt();
    expect(await failureOf(() => environmentStatuses(ports, [STAGING]))).toMatchObject({ exitCode: 130 });
  });

  it('hides no bug', async () => {
    const bug = new TypeError('x is not a function');
    const ports = withFailure(fakePorts(), 'staging', bug);
    await expect(environmentStatuses(ports, [PRODUCTION, STAGING])).rejects.toBe(bug);
  });
});
