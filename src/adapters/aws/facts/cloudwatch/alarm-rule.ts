/** A name or an ARN in quotation marks, or any other word. */
const WORD = /"([^"]*)"|[^\s(),"]+/g;
/** The rule language's own words: states, operators, and how many alarms of a list. */
const OF_THE_LANGUAGE = /^(?:ALARM|OK|INSUFFICIENT_DATA|TRUE|FALSE|AND|OR|NOT|AT_LEAST|\d+%?)$/;

/**
 * Names and ARNs of the alarms that the rule of a composite alarm depends on, each once.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function alarmsNamedIn(rule: string): ReadonlySet<string> {
  const words = [...rule.matchAll(WORD)].map(([word, quoted]) => ({ name: quoted ?? word, quoted }));
  return new Set(
    words.flatMap(({ name, quoted }) => (quoted === undefined && OF_THE_LANGUAGE.test(name) ? [] : [name])),
  );
}
