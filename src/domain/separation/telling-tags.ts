/** Tags besides the environment's that say whose a resource is, or what made it. */
const TELLING: ReadonlySet<string> = new Set([
  'Project',
  'Name',
  // Set by AWS on what Auto Scaling, CloudFormation and launch templates make.
  'aws:autoscaling:groupName',
  'aws:cloudformation:stack-name',
  'aws:ec2launchtemplate:id',
]);

/** `Environment`, and what is taken for it by mistake: another case, an abbreviation, white space around it. */
const ENVIRONMENT = /^\s*env(ironment)?\s*$/i;

/** Whether a tag of this key says whose a resource is. All others need not be kept. */
export function tellsWhose(key: string): boolean {
  return TELLING.has(key) || ENVIRONMENT.test(key);
}
