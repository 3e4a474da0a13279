import type { Listed } from './document.js';
import { Pattern } from './pattern.js';
import { UNSCOPABLE_ACTIONS } from './unscopable-actions.js';

/** An action or several, as the policy writes them and as they are matched. */
export interface WrittenAction {
  readonly text: string;
  readonly pattern: Pattern;
}

/**
 * Services whose ARNs actions of another service take, by the prefix of the action. What is not here takes its own.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const ACTS_ON: Readonly<Record<string, readonly (readonly [service: string, actions: string])[]>> = {
  'arc-zonal-shift': [['elasticloadbalancing', '*']],
  'cloudfront-keyvaluestore': [['cloudfront', '*']],
  ebs: [['ec2', '*']],
  'ec2-instance-connect': [['ec2', '*']],
  'eks-auth': [['eks', '*']],
  'execute-api': [['apigateway', '*']],
  'kafka-cluster': [['kafka', '*']],
  'rds-data': [['rds', '*']],
  'rds-db': [['rds', '*']],
  'redshift-data': [['redshift', '*']],
  ssm: [
    ['ec2', 'SendCommand StartSession ResumeSession TerminateSession CreateAssociation* UpdateManagedInstanceRole'],
  ],
  sts: [['iam', 'AssumeRo* SetSourceIdentity TagSession']],
  wafv2: [
    ['elasticloadbalancing', '*WebACL*'],
    ['apigateway', '*WebACL*'],
    ['cognito-idp', '*WebACL*'],
  ],
};

/** The actions among a statement's that can be done to a single resource of a service. */
export function actionsOn(actions: Listed, service: string): readonly WrittenAction[] {
  if (!actions.negated) {
    return actions.values.flatMap((text) =>
      actsOn(text.toLowerCase(), service) ? [{ text, pattern: actionPattern(text) }] : [],
    );
  }
  const text = `all but ${actions.values.join(', ')}`;
  return everythingOn(service)
    .filter((pattern) => !actions.values.some((excluded) => actionPattern(excluded).covers(pattern)))
    .map((pattern) => ({ text, pattern }));
}

/** Every action on a service's resources: its own, and those of services that take its ARNs. */
function everythingOn(service: string): readonly Pattern[] {
  const others = Object.entries(ACTS_ON).flatMap(([prefix, taken]) =>
    taken
      .filter(([other]) => other === service)
      .flatMap(([, names]) => names.split(' ').map((name) => actionPattern(`${prefix}:${name}`))),
  );
  return [actionPattern(`${service}:*`), ...others];
}

/** Actions are compared in any case. */
export function actionPattern(text: string): Pattern {
  return Pattern.wild(text.toLowerCase());
}

/** Whether a statement's actions include all of these. */
export function actionsCover({ negated, values }: Listed, action: Pattern): boolean {
  return negated
    ? !values.some((text) => actionPattern(text).overlaps(action))
    : values.some((text) => actionPattern(text).covers(action));
}

/** Whether a statement's actions include some of these. */
export function actionsOverlap({ negated, values }: Listed, action: Pattern): boolean {
  return negated
    ? !values.some((text) => actionPattern(text).covers(action))
    : values.some((text) => actionPattern(text).overlaps(action));
}

const answers = new Map<string, boolean>();

function actsOn(action: string, service: string): boolean {
  const key = `${action}\0${service}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = findOut(action, service);
  answers.set(key, answer);
  return answer;
}

function findOut(action: string, service: string): boolean {
  if (action === '*') return true;
  const colon = action.indexOf(':');
  const prefix = action.slice(0, colon);
  const name = Pattern.wild(action.slice(colon + 1));
  if (Pattern.wild(prefix).matches(service) && !named(UNSCOPABLE_ACTIONS[service], (each) => each.covers(name)))
    return true;
  return (ACTS_ON[prefix] ?? []).some(
    ([other, names]) => other === service && named(names, (each) => each.overlaps(name)),
  );
}

function named(names: string | undefined, fits: (name: Pattern) => boolean): boolean {
  return (names ?? '').split(/\s+/).some((name) => name !== '' && fits(actionPattern(name)));
}
