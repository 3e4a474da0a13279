import { nearestName } from '../nearest-name.js';

/** `UTC`, or an IANA name with its region; as the Terraform configuration's own validation has it. */
const NAME = /^(UTC|[A-Z][A-Za-z_-]+(\/[A-Za-z0-9_+-]+)+)$/;

/** Whether a text is the name of a time zone that this machine knows; EventBridge Scheduler takes the same names. */
export function isTimeZone(text: string): boolean {
  const known = NAME.test(text) ? resolved(text) : undefined;
  // Intl takes names in any case, AWS does not; an alias is resolved to another name altogether.
  return known !== undefined && (known === text || known.toLowerCase() !== text.toLowerCase());
}

/** The time zone most likely meant: in another case, by its city alone, or misspelt; undefined when none is near. */
export function nearestTimeZone(text: string): string | undefined {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const wanted = text.trim().replaceAll(' ', '_').toLowerCase();
  const city = (zone: string) => zone.split('/').at(-1) ?? zone;
  const cityOf = (name: string | undefined) => zones.find((zone) => city(zone).toLowerCase() === name?.toLowerCase());
  return (
    zones.find((zone) => zone.toLowerCase() === wanted) ??
    cityOf(wanted) ??
    nearestName(wanted, zones) ??
    cityOf(nearestName(wanted, zones.map(city)))
  );
}

function resolved(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    // Intl says so of a name that it does not know.
    return undefined;
  }
}
