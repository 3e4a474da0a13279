/** Tags besides the environment's that say whose a resource is, or what made it. */
const TELLING: ReadonlySet<string> = new Set([
  'Project',
  'Name',
  'ManagedBy',
  // Set by AWS on what Auto Scaling, CloudFormation and launch templates make.
  'aws:autoscaling:groupName',
  'aws:cloudformation:stack-name',
  'aws:ec2launchtemplate:id',
]);

/** Whether a key is the tag `Environment`, or was meant to be: another case, an abbreviation, white space, one slip. */
export function meansEnvironment(key: string): boolean {
  const meant = key.trim().toLowerCase();
  return meant === 'env' || isSlipOf(meant, 'environment');
}

/** Whether a tag of this key says whose a resource is. All others need not be kept. */
export function tellsWhose(key: string): boolean {
  return TELLING.has(key) || meansEnvironment(key);
}

/** Whether a text is a word, but for at most one letter left out, added or wrong, or two neighbours swapped. */
function isSlipOf(text: string, word: string): boolean {
  if (Math.abs(text.length - word.length) > 1) return false;
  let same = 0;
  while (same < word.length && text[same] === word[same]) same += 1;
  const [rest, meant] = [text.slice(same), word.slice(same)];
  return (
    rest.slice(1) === meant.slice(1) ||
    rest === meant.slice(1) ||
    rest.slice(1) === meant ||
    (rest.slice(2) === meant.slice(2) && rest[0] === meant[1] && rest[1] === meant[0])
  );
}
