import type { Binding } from '../environment.js';
import type { HclAttribute, HclBody } from '../hcl-value.js';
import { accountOfRole, isAccountId, isRegion } from './aws-names.js';
import type { DecodedBackend } from './backend.js';
import { editLine, invalidConfiguration, kindOf, place, written } from './invalid-configuration.js';

/** The part of a binding that its tfvars file decides. */
export type DecodedVariables = Pick<Binding, 'variables' | 'variableSources' | 'accountId' | 'region' | 'roleArn'>;

/** The variables mhtctl itself reads; every other one is Terraform's to judge. */
const EXAMPLES = {
  aws_region: 'aws_region = "us-east-1"',
  aws_account_id: 'aws_account_id = "123456789012"',
  assume_role_arn: 'assume_role_arn = "arn:aws:iam::123456789012:role/NAME"',
} as const;

/** Decodes the tfvars file of an environment beside its backend. Fails (exit 2) where the two contradict each other. */
export function decodeVariables(
  environment: string,
  file: string,
  body: HclBody,
  backend: DecodedBackend,
): DecodedVariables {
  refuseBlocks(body);
  const attributes = new Map(body.attributes.map((attribute) => [attribute.name, attribute]));
  refuseOtherEnvironment(environment, file, attributes.get('environment'));
  const accountId = account(file, attributes.get('aws_account_id'), backend);
  return {
    variables: Object.fromEntries(body.attributes.map(({ name, value }) => [name, value])),
    variableSources: Object.fromEntries(body.attributes.map((attribute) => [attribute.name, attribute])),
    accountId,
    region: text(attributes.get('aws_region'), 'aws_region', isRegion, 'an AWS region') ?? backend.backend.region,
    roleArn: role(attributes.get('assume_role_arn'), accountId),
  };
}

function refuseBlocks({ blocks: [block] }: HclBody): void {
  if (block === undefined) return;
  throw invalidConfiguration(
    'InvalidVariables',
    `unexpected block "${block.type}" at ${place(block.location)}; a tfvars file holds name = value lines`,
    [editLine(block.location, `write ${block.type} = { ... }`)],
  );
}

function refuseOtherEnvironment(environment: string, file: string, attribute: HclAttribute | undefined): void {
  const wanted = `environment = "${environment}"`;
  if (attribute === undefined) {
    throw invalidConfiguration('InvalidVariables', `${file} does not set environment; expected ${wanted}`, [
      `add this line to ${file}: ${wanted}`,
    ]);
  }
  if (attribute.value === environment) return;
  throw invalidConfiguration(
    'InvalidVariables',
    `environment = ${written(attribute.value)} at ${place(attribute.location)}, but the file is that of ${environment}; expected ${wanted}`,
    [editLine(attribute.location, wanted)],
  );
}

function account(file: string, attribute: HclAttribute | undefined, decoded: DecodedBackend): string | undefined {
  const pinned = text(attribute, 'aws_account_id', isAccountId, 'an account id of 12 digits in quotes');
  const { allowedAccountIds } = decoded.backend;
  const backendPin = decoded.attribute('allowed_account_ids');
  if (backendPin === undefined || allowedAccountIds.length === 0) return pinned;
  if (pinned === undefined) {
    if (allowedAccountIds.length === 1) return allowedAccountIds[0];
    throw invalidConfiguration(
      'InvalidVariables',
      `allowed_account_ids = ${written(allowedAccountIds)} at ${place(backendPin.location)} names several accounts, and ${file} does not say which one is the environment's`,
      [`add this line to ${file}: ${EXAMPLES.aws_account_id}`],
    );
  }
  if (attribute === undefined || allowedAccountIds.includes(pinned)) return pinned;
  throw invalidConfiguration(
    'InvalidVariables',
    `aws_account_id = "${pinned}" at ${place(attribute.location)} contradicts allowed_account_ids = ${written(allowedAccountIds)} at ${place(backendPin.location)}`,
    [
      editLine(attribute.location, `aws_account_id = ${written(allowedAccountIds[0] ?? '')}`),
      `or ${editLine(backendPin.location, `allowed_account_ids = ["${pinned}"]`)}`,
    ],
  );
}

function role(attribute: HclAttribute | undefined, accountId: string | undefined): string | undefined {
  const isRole = (arn: string) => accountOfRole(arn) !== undefined;
  const arn = text(attribute, 'assume_role_arn', isRole, 'the ARN of an IAM role');
  if (attribute === undefined || arn === undefined) return undefined;
  const owner = accountOfRole(arn);
  if (accountId === undefined || owner === accountId) return arn;
  throw invalidConfiguration(
    'InvalidVariables',
    `assume_role_arn = "${arn}" at ${place(attribute.location)} is a role of account ${owner}, but the environment is pinned to account ${accountId}`,
    [editLine(attribute.location, EXAMPLES.assume_role_arn.replace('123456789012', accountId))],
  );
}

/** The value of an optional variable that has to be a certain text; null counts as not set, as in Terraform. */
function text(
  attribute: HclAttribute | undefined,
  name: keyof typeof EXAMPLES,
  accepts: (text: string) => boolean,
  expected: string,
): string | undefined {
  if (attribute === undefined || attribute.value === null) return undefined;
  const { value, location } = attribute;
  if (typeof value === 'string' && accepts(value)) return value;
  const found = typeof value === 'string' ? '' : `${kindOf(value)}, `;
  throw invalidConfiguration(
    'InvalidVariables',
    `${name} = ${written(value)} at ${place(location)} is ${found}not ${expected}`,
    [editLine(location, EXAMPLES[name])],
  );
}
