import { MhtctlError } from './errors.js';

const SECONDS = { s: 1, m: 60, h: 3600 };

/** Seconds of a duration such as `90s`, `10m`, `1h`; a bare number is seconds. Fails (exit 2) on anything else. */
export function secondsOf(text: string): number {
  const [, number, unit = 's'] = /^(\d{1,6})([smh]?)$/.exec(text.trim()) ?? [];
  if (number !== undefined) return Number(number) * SECONDS[(unit || 's') as keyof typeof SECONDS];
  throw new MhtctlError({
    code: 'InvalidDuration',
    outcome: 'usage',
    message: `"${text}" is no duration; expected a whole number of seconds, minutes or hours, like 90s, 10m or 1h`,
  });
}
