import { editDistance } from '../nearest-name.js';

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
  if (meant === 'env') return true;
  // One slip leaves the beginning or the end as it is. There are very many tags, and few come so near.
  return (meant.startsWith('envi') || meant.endsWith('ment')) && editDistance(meant, 'environment') <= 1;
}

/** Whether a tag of this key says whose a resource is. All others need not be kept. */
export function tellsWhose(key: string): boolean {
  return TELLING.has(key) || meansEnvironment(key);
}
