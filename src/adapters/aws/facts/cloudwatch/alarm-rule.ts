/** A state that a rule asks for, and the name or ARN of the alarm, which may be in quotation marks. */
const STATE_OF_ALARM = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^\s")]+))\s*\)/g;

/**
 * Names and ARNs of the alarms that the rule of a composite alarm depends on, each once.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function alarmsNamedIn(rule: string): ReadonlySet<string> {
  return new Set([...rule.matchAll(STATE_OF_ALARM)].map(([, quoted, bare]) => quoted ?? bare ?? ''));
}
