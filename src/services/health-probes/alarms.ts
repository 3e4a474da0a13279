import { judgeAlarm, watchedAlarms } from '../../domain/health/alarms.js';
import { asked, type Probe } from './probe.js';

/** The alarms in the state. */
export const probeAlarms: Probe<'alarmConditions'> = async (ports, { binding, state }) => {
  const watched = state === null ? [] : watchedAlarms(state);
  if (watched.length === 0) return [];
  return asked('alarms', 'states of the alarms', async () => {
    const conditions = await ports.alarmConditions.alarms(
      binding,
      watched.map(({ name }) => name),
    );
    const byName = new Map(conditions.map((condition) => [condition.name, condition]));
    const where = { environment: binding.name, region: binding.region };
    return watched.map((alarm) => judgeAlarm(alarm, byName.get(alarm.name) ?? null, where));
  });
};
