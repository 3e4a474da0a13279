import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Binding } from '../../../src/domain/environment.js';
import { asWritten } from '../../../src/domain/off-hours/schedule.js';
import { changeSchedule, showSchedule } from '../../../src/services/schedule-off-hours.js';
import { bindingOf, PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { offHoursOf, scheduleResources } from '../../fakes/off-hours.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { stateOf } from '../../fakes/states.js';

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
});

const location = { file: 'terraform/terraform.tfvars.staging', line: 3, column: 1 };
const CONFIGURED = bindingOf('staging', {
  variableSources: { off_hours: { name: 'off_hours', value: asWritten(offHoursOf()), location } },
});
const given = { start: '06:00', stop: undefined, days: 'mon-wed', timeZone: undefined };
const set = (binding: Binding, parts: Partial<typeof given> = {}) =>
  changeSchedule(ports, binding, { kind: 'set', given: { ...given, ...parts } });

describe('the schedule', () => {
  it('is shown as it is configured and as it is applied', async () => {
    ports.stateStore.state = stateOf({ instances: scheduleResources() });
    expect(await showSchedule(ports, CONFIGURED)).toMatchObject({
      environment: 'staging',
      allowed: true,
      configured: offHoursOf(),
      applied: offHoursOf(),
      // 23 November 2026 is a Monday, and ten o'clock in UTC.
      next: { start: new Date('2026-11-24T06:00:00Z'), stop: new Date('2026-11-23T19:00:00Z'), on: true },
      pending: false,
    });
  });

  it('is pending where a deployment would change it', async () => {
    ports.stateStore.state = stateOf({ instances: scheduleResources() });
    expect(await showSchedule(ports, STAGING)).toMatchObject({
      configured: null,
      applied: offHoursOf(),
      pending: true,
    });
    ports.stateStore.state = null;
    expect(await showSchedule(ports, CONFIGURED)).toMatchObject({ applied: null, next: null, pending: true });
    expect(await showSchedule(ports, STAGING)).toMatchObject({ pending: false });
  });

  it('is set in the tfvars file with what was given, and shown so', async () => {
    const { binding, changed } = await set(CONFIGURED);
    const schedule = offHoursOf({ start: '06:00', weekdays: ['mon', 'tue', 'wed'] });
    expect(changed).toBe(true);
    expect(ports.variablesFiles.edits).toEqual([
      { environment: 'staging', name: 'off_hours', value: asWritten(schedule) },
    ]);
    expect(await showSchedule(ports, binding)).toMatchObject({ configured: schedule, pending: true });
  });

  it('that is set already changes nothing', async () => {
    expect((await set(CONFIGURED, { start: '07:00', days: 'mon-fri' })).changed).toBe(false);
  });

  it('is removed', async () => {
    const { binding, changed } = await changeSchedule(ports, CONFIGURED, { kind: 'remove' });
    expect(changed).toBe(true);
    expect(await showSchedule(ports, binding)).toMatchObject({ configured: null });
    expect((await changeSchedule(ports, STAGING, { kind: 'remove' })).changed).toBe(false);
  });

  it('is not set where the policy does not allow it, and may be removed there', async () => {
    const failure = await failureOf(() => set(PRODUCTION));
    expect([failure.code, failure.exitCode]).toEqual(['OffHoursNotAllowed', 3]);
    expect(failure.message).toContain('"production", which is protected');
    expect(ports.variablesFiles.edits).toEqual([]);
    await changeSchedule(ports, PRODUCTION, { kind: 'remove' });
    expect(ports.variablesFiles.edits).toHaveLength(1);
  });

  it('writes nothing on nonsense', async () => {
    expect((await failureOf(() => set(CONFIGURED, { days: 'someday' }))).code).toBe('InvalidSchedule');
    expect(ports.journal).toEqual([]);
  });

  it('fails where the file cannot be written', async () => {
    ports.variablesFiles.failure = toolFailure('denied');
    expect((await failureOf(() => set(CONFIGURED))).message).toBe('denied');
  });
});
