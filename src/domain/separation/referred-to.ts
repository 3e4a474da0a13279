import { isEc2Id, parseArn } from './identifiers.js';
import { bindingsOf, environmentsNamed } from './names.js';
import type { RuleInput } from './rule.js';

/**
 * Another environment that a text of one refers to: by an ARN or an id of what is that environment's, or by one of its
 * names. Undefined where it refers to none.
 */
export function referredTo(
  input: Pick<RuleInput, 'evidence' | 'ownership'>,
  environment: string,
  text: string,
): string | undefined {
  const identified = ownerOfIdentifier(input, environment, text);
  if (identified !== undefined) return identified === environment ? undefined : identified;
  const named = environmentsNamed(text, bindingsOf(input.evidence), 'reference');
  return named.find((name) => name !== environment);
}

/**
 * Whose the resource is that an ARN or an id of EC2 means: the environment's own before another's. Undefined where the
 * text is neither, or the resource is nobody's.
 */
export function ownerOfIdentifier(
  { ownership }: Pick<RuleInput, 'ownership'>,
  environment: string,
  text: string,
): string | undefined {
  if (!isEc2Id(text) && parseArn(text) === undefined) return undefined;
  const owners = ownership.ownersOf(text);
  const [owner] = owners;
  return owners.has(environment) ? environment : owner;
}
