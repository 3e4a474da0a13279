import type { Binding } from '../../environment.js';
import { stringsIn } from '../../foreign-names.js';
import type { SourceLocation } from '../../hcl-value.js';
import { cidrsOverlap } from '../cidr.js';
import { type ForeignValue, foreignValue } from '../foreign-value.js';
import { bindingsOf } from '../names.js';
import type { RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { isRunMode } from '../run-modes.js';
import { dnsName } from '../state-facts.js';

/** What two environments must not have in common, by variable. */
const OWN: readonly (readonly [variable: string, what: string])[] = [
  ['dns_name', 'the DNS name'],
  ['aws_account_id', 'the account'],
  ['assume_role_arn', 'the role'],
];

/** The environments' own files ask for separate things. */
export const configuration: SeparationRule = {
  id: 'configuration',
  title: "the environments' files collide nowhere and name no other environment",
  why: 'The next deployment would build the bridge, whatever is separated today.',
  needs: [],
  find: (input) => {
    const { evidence, pairs } = input;
    const bindings = new Map(evidence.environments.map(({ binding }) => [binding.name, binding]));
    return [
      ...pairs.flatMap(([first, second]) => {
        const [one, other] = [bindings.get(first), bindings.get(second)];
        return one === undefined || other === undefined ? [] : collisions(one, other);
      }),
      ...bindingsOf(evidence).flatMap((binding) => namesOthers(input, binding)),
    ];
  },
};

function collisions(one: Binding, other: Binding): readonly SeparationFinding[] {
  const found: SeparationFinding[] = [];
  for (const [variable, what] of OWN) {
    const a = asked(one, variable);
    if (a === undefined || a !== asked(other, variable)) continue;
    found.push(collision(one, other, variable, `"${one.name}" and "${other.name}" ask for ${what} ${a}`));
  }
  const [a, b] = [one.variables['vpc_cidr'], other.variables['vpc_cidr']];
  if (typeof a === 'string' && typeof b === 'string' && cidrsOverlap(a, b)) {
    found.push(
      collision(one, other, 'vpc_cidr', `the networks ${a} of "${one.name}" and ${b} of "${other.name}" overlap`),
    );
  }
  return found;
}

/** What an environment asks for by a variable, as AWS and DNS compare it; undefined where it asks for nothing. */
function asked({ variables }: Binding, variable: string): string | undefined {
  const value = variables[variable];
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return variable === 'dns_name' ? dnsName(value.trim()) : value;
}

function collision(one: Binding, other: Binding, variable: string, message: string): SeparationFinding {
  return {
    message,
    environment: one.name,
    other: other.name,
    mutual: true,
    resource: `terraform.tfvars.${one.name}: ${variable}`,
    evidence: [one, other].map((binding) => written(binding, variable)),
    remedy: `give one of them ${variable} of its own, then: mhtctl deploy ${one.name}`,
    location: locationOfVariable(one, variable),
  };
}

/** A text in an environment's files. */
interface Written {
  readonly path: string;
  readonly text: string;
  readonly file: string;
  readonly location: SourceLocation | null;
  /** Whether another environment has the same there: then it is found as a collision, or as a shared backend. */
  readonly isShared: (other: Binding) => boolean;
}

function namesOthers(input: RuleInput, binding: Binding): readonly SeparationFinding[] {
  const all = bindingsOf(input.evidence);
  const others = all.filter((each) => each !== binding);
  return [...textsOfVariables(binding), ...textsOfBackend(binding)].flatMap((each) => {
    if (isRunMode(each.path, each.text, all)) return [];
    const foreign = foreignValue(input, binding.name, each.text);
    return foreign === undefined || others.some(each.isShared) ? [] : [namingFinding(binding.name, each, foreign)];
  });
}

function namingFinding(
  environment: string,
  { path, text, file, location }: Written,
  { other, word }: ForeignValue,
): SeparationFinding {
  return {
    message: `${path} in ${file} names "${other}": ${word}`,
    environment,
    other,
    resource: `${file}: ${path}`,
    evidence: [`${file}: ${path} ${word === text ? '=' : 'contains'} ${JSON.stringify(word)}`],
    remedy: `give ${path} a value of "${environment}"'s own in ${file}`,
    location,
  };
}

function textsOfVariables(binding: Binding): readonly Written[] {
  const file = `terraform.tfvars.${binding.name}`;
  return Object.entries(binding.variables).flatMap(([name, value]) =>
    name === 'environment'
      ? []
      : [...stringsIn(value, false, name)].map(({ path, text }) => ({
          path,
          text,
          file,
          location: locationOfVariable(binding, name),
          isShared: (other) =>
            OWN.some(([variable]) => variable === path) && asked(other, path) === asked(binding, path),
        })),
  );
}

function textsOfBackend({ name, backend }: Binding): readonly Written[] {
  const texts: readonly (readonly [path: string, text: string | undefined, isShared: Written['isShared']])[] = [
    ['bucket', backend.bucket, (other) => other.backend.bucket === backend.bucket],
    ['key', backend.key, (other) => other.backend.bucket === backend.bucket && other.backend.key === backend.key],
    ['dynamodb_table', backend.lockTable, (other) => other.backend.lockTable === backend.lockTable],
    ['role_arn', backend.roleArn, () => false],
    ['kms_key_id', backend.kmsKeyId, (other) => other.backend.kmsKeyId === backend.kmsKeyId],
  ];
  return texts.flatMap(([path, text, isShared]) =>
    text === undefined ? [] : [{ path, text, file: `backend-${name}.tfbackend`, location: null, isShared }],
  );
}

function locationOfVariable(binding: Binding, variable: string): SourceLocation | null {
  return binding.variableSources[variable]?.location ?? null;
}

function written(binding: Binding, variable: string): string {
  const location = locationOfVariable(binding, variable);
  const where = location === null ? `terraform.tfvars.${binding.name}` : `${location.file}:${location.line}`;
  return `${where}: ${variable} = ${JSON.stringify(binding.variables[variable])}`;
}
