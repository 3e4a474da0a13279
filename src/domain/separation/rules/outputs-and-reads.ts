import { stringsIn } from '../../foreign-names.js';
import type { Json } from '../../plan.js';
import type { StateInstance } from '../../state.js';
import { bindingsOf } from '../names.js';
import { referredTo } from '../referred-to.js';
import type { RuleInput, SeparationFinding } from '../rule.js';
import { isRunMode } from '../run-modes.js';
import { isTagPath } from '../state-tags.js';
import { referenceFinding, type StateReference } from './finding.js';

/** Outputs of an environment that tell what is another's: whoever takes them for its own goes there. */
export function outputsOfOthers(input: RuleInput): readonly SeparationFinding[] {
  return input.evidence.environments.flatMap(({ binding: { name }, state }) =>
    Object.entries(state?.state.outputs ?? {}).flatMap(([output, { value }]) => {
      const reference = firstReference(input, name, { [output]: value });
      return reference === undefined
        ? []
        : [referenceFinding(input.evidence, { ...reference, address: `output.${output}` }, `output ${reference.path}`)];
    }),
  );
}

/** Data sources that hold a secret, with the attributes that are its value and not its own identity. */
const SECRETS: ReadonlyMap<string, RegExp> = new Map([
  ['aws_secretsmanager_secret', /^policy\b/],
  ['aws_secretsmanager_secret_version', /^secret_(?:string|binary)\b/],
]);

/** What environments may share, and who deployed, whose name is no setting. */
const READ_BY_ALL: ReadonlySet<string> = new Set([
  'aws_caller_identity',
  'aws_iam_session_context',
  'aws_route53_zone',
]);

/** Data sources of an environment that read what is another's: its secrets, or all else. */
export function othersRead(input: RuleInput, which: 'secrets' | 'others'): readonly SeparationFinding[] {
  return input.evidence.environments.flatMap(({ binding: { name }, state }) =>
    (state?.state.dataSources ?? []).flatMap(({ address, type, attributes }) => {
      if (READ_BY_ALL.has(type)) return [];
      const reference = firstReference(input, name, attributes);
      if (reference === undefined) return [];
      const value = SECRETS.get(type);
      const isSecret = value !== undefined && !value.test(reference.path);
      return isSecret === (which === 'secrets')
        ? [referenceFinding(input.evidence, { ...reference, address }, `${reference.path} of ${address}`)]
        : [];
    }),
  );
}

function firstReference(
  input: RuleInput,
  environment: string,
  values: StateInstance['attributes'],
): Omit<StateReference, 'address'> | undefined {
  for (const { path, text } of stringsIn(values as Json)) {
    if (text.length < 3 || isTagPath(path.replace(/\[\d+\]/g, ''))) continue;
    const other = referredTo(input, environment, text);
    if (other !== undefined && !isRunMode(path, text, bindingsOf(input.evidence)))
      return { environment, other, path, text };
  }
  return undefined;
}
