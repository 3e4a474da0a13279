import type { Binding } from '../../environment.js';
import { stringsIn } from '../../foreign-names.js';
import type { SourceLocation } from '../../hcl-value.js';
import { cidrsOverlap } from '../cidr.js';
import { bindingsOf, environmentsNamed } from '../names.js';
import type { SeparationFinding, SeparationRule } from '../rule.js';

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
  find: ({ evidence, pairs }) => {
    const bindings = new Map(evidence.environments.map(({ binding }) => [binding.name, binding]));
    return [
      ...pairs.flatMap(([first, second]) => {
        const [one, other] = [bindings.get(first), bindings.get(second)];
        return one === undefined || other === undefined ? [] : collisions(one, other);
      }),
      ...bindingsOf(evidence).flatMap((binding) => namesOthers(binding, bindingsOf(evidence))),
    ];
  },
};

function collisions(one: Binding, other: Binding): readonly SeparationFinding[] {
  const found: SeparationFinding[] = [];
  for (const [variable, what] of OWN) {
    const [a, b] = [one.variables[variable], other.variables[variable]];
    if (typeof a !== 'string' || a === '' || a !== b) continue;
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

function namesOthers(binding: Binding, all: readonly Binding[]): readonly SeparationFinding[] {
  const { bucket, key, lockTable, roleArn, kmsKeyId } = binding.backend;
  const backend = Object.entries({ bucket, key, dynamodb_table: lockTable, role_arn: roleArn, kms_key_id: kmsKeyId });
  const values = Object.entries(binding.variables).filter(([name]) => name !== 'environment');
  return [
    ...values.flatMap(([name, value]) =>
      [...stringsIn(value, false, name)].map(({ path, text }) => ({
        path,
        text,
        file: `terraform.tfvars.${binding.name}`,
        location: locationOfVariable(binding, name),
      })),
    ),
    ...backend.flatMap(([path, text]) =>
      typeof text === 'string' ? [{ path, text, file: `backend-${binding.name}.tfbackend`, location: null }] : [],
    ),
  ].flatMap(({ path, text, file, location }) => {
    // A name that both ask for is found as a collision.
    const other = environmentsNamed(text, all, 'reference').find((name) => name !== binding.name);
    if (other === undefined || collides(binding, all, path, text)) return [];
    return [
      {
        message: `${path} in ${file} names "${other}": ${text}`,
        environment: binding.name,
        other,
        resource: `${file}: ${path}`,
        evidence: [`${file}: ${path} = ${JSON.stringify(text)}`],
        remedy: `give ${path} a value of "${binding.name}"'s own in ${file}`,
        location,
      },
    ];
  });
}

function collides(binding: Binding, all: readonly Binding[], path: string, text: string): boolean {
  const shared =
    OWN.some(([variable]) => variable === path) || ['bucket', 'key', 'dynamodb_table', 'kms_key_id'].includes(path);
  if (!shared) return false;
  return all.some(
    ({ name, variables, backend }) =>
      name !== binding.name &&
      [variables[path], backend.bucket, backend.key, backend.lockTable, backend.kmsKeyId].includes(text),
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
