import type { Backend } from '../environment.js';
import type { HclAttribute, HclBody } from '../hcl-value.js';
import { accountOfRole, isAccountId, isRegion } from './aws-names.js';
import { editLine, invalidConfiguration, place, written } from './invalid-configuration.js';
import { type Kind, KnownAttributes } from './known-attributes.js';

/** A backend with the places its values are written at. */
export interface DecodedBackend {
  readonly file: string;
  readonly backend: Backend;
  /** The attributes of the file that are set, by name. */
  readonly attribute: (name: string) => HclAttribute | undefined;
}

/** Attributes of Terraform's S3 backend, with their types. */
const S3_BACKEND_ATTRIBUTES: Readonly<Record<string, Kind>> = {
  access_key: 'string',
  acl: 'string',
  allowed_account_ids: 'strings',
  assume_role: 'object',
  assume_role_with_web_identity: 'object',
  bucket: 'string',
  custom_ca_bundle: 'string',
  dynamodb_endpoint: 'string',
  dynamodb_table: 'string',
  ec2_metadata_service_endpoint: 'string',
  ec2_metadata_service_endpoint_mode: 'string',
  encrypt: 'boolean',
  endpoint: 'string',
  endpoints: 'object',
  forbidden_account_ids: 'strings',
  force_path_style: 'boolean',
  http_proxy: 'string',
  https_proxy: 'string',
  iam_endpoint: 'string',
  insecure: 'boolean',
  key: 'string',
  kms_key_id: 'string',
  max_retries: 'number',
  no_proxy: 'string',
  profile: 'string',
  region: 'string',
  retry_mode: 'string',
  secret_key: 'string',
  shared_config_files: 'strings',
  shared_credentials_file: 'string',
  shared_credentials_files: 'strings',
  skip_credentials_validation: 'boolean',
  skip_metadata_api_check: 'boolean',
  skip_region_validation: 'boolean',
  skip_requesting_account_id: 'boolean',
  skip_s3_checksum: 'boolean',
  sse_customer_key: 'string',
  sts_endpoint: 'string',
  sts_region: 'string',
  token: 'string',
  use_dualstack_endpoint: 'boolean',
  use_fips_endpoint: 'boolean',
  use_lockfile: 'boolean',
  use_path_style: 'boolean',
  workspace_key_prefix: 'string',
};

/** Attributes that Terraform 1.10 removed, and where their values go now: entries of `assume_role`. */
const RETIRED: Readonly<Record<string, string>> = {
  assume_role_duration_seconds: 'duration',
  assume_role_policy: 'policy',
  assume_role_policy_arns: 'policy_arns',
  assume_role_tags: 'tags',
  assume_role_transitive_tag_keys: 'transitive_tag_keys',
  external_id: 'external_id',
  role_arn: 'role_arn',
  session_name: 'session_name',
};

/** What a missing attribute would have to say. */
const EXAMPLES = {
  bucket: 'bucket = "NAME-OF-THE-STATE-BUCKET"',
  key: 'key = "PATH/terraform.tfstate"',
  region: 'region = "us-east-1"',
} as const;

/** Decodes the body of a tfbackend file. Fails (exit 2) on anything Terraform's S3 backend does not know or cannot do without. */
export function decodeBackend(file: string, body: HclBody): DecodedBackend {
  refuseBlocks(body);
  for (const attribute of body.attributes) refuseRetired(attribute);
  const attributes = new KnownAttributes(body.attributes, {
    known: S3_BACKEND_ATTRIBUTES,
    what: 'backend attribute',
    code: 'InvalidBackend',
  });
  const bucket = required(file, attributes, 'bucket');
  const key = required(file, attributes, 'key');
  const region = required(file, attributes, 'region');
  refuseRegion(attributes.get('region'), region);
  refuseKey(attributes.get('key'), key);
  const allowedAccountIds = accountIds(attributes);
  return {
    file,
    backend: {
      bucket,
      key,
      region,
      lockTable: attributes.string('dynamodb_table'),
      useLockfile: attributes.boolean('use_lockfile') ?? false,
      allowedAccountIds,
      roleArn: role(attributes),
      kmsKeyId: attributes.string('kms_key_id'),
    },
    attribute: (name) => attributes.get(name),
  };
}

function refuseBlocks({ blocks: [block] }: HclBody): void {
  if (block === undefined) return;
  throw invalidConfiguration(
    'InvalidBackend',
    `unexpected block "${block.type}" at ${place(block.location)}; a backend file holds name = value lines`,
    [editLine(block.location, `write ${block.type} = { ... }`)],
  );
}

function refuseRetired({ name, location }: HclAttribute): void {
  const entry = Object.hasOwn(RETIRED, name) ? RETIRED[name] : undefined;
  if (entry === undefined) return;
  throw invalidConfiguration(
    'InvalidBackend',
    `backend attribute "${name}" at ${place(location)} was removed in Terraform 1.10; it is the entry ${entry} of assume_role now`,
    [editLine(location, `assume_role = { ${entry} = ... }`)],
  );
}

function required(file: string, attributes: KnownAttributes, name: keyof typeof EXAMPLES): string {
  const value = attributes.string(name);
  if (value !== undefined && value !== '') return value;
  const attribute = attributes.get(name);
  const [where, step] =
    attribute === undefined
      ? [file, `add this line to ${file}: ${EXAMPLES[name]}`]
      : [place(attribute.location), editLine(attribute.location, EXAMPLES[name])];
  throw invalidConfiguration('InvalidBackend', `the backend's ${name} is missing in ${where}`, [step]);
}

function refuseRegion(attribute: HclAttribute | undefined, region: string): void {
  if (attribute === undefined || isRegion(region)) return;
  throw invalidConfiguration(
    'InvalidBackend',
    `region = "${region}" at ${place(attribute.location)} is no AWS region`,
    [editLine(attribute.location, EXAMPLES.region)],
  );
}

function refuseKey(attribute: HclAttribute | undefined, key: string): void {
  if (attribute === undefined || !(key.startsWith('/') || key.endsWith('/') || key.includes('//'))) return;
  throw invalidConfiguration(
    'InvalidBackend',
    `key = "${key}" at ${place(attribute.location)} has an empty segment, which Terraform refuses`,
    [editLine(attribute.location, EXAMPLES.key)],
  );
}

function accountIds(attributes: KnownAttributes): readonly string[] {
  const attribute = attributes.get('allowed_account_ids');
  const ids = attributes.strings('allowed_account_ids');
  const wrong = ids.find((id) => !isAccountId(id));
  if (attribute === undefined || wrong === undefined) return ids;
  throw invalidConfiguration(
    'InvalidBackend',
    `allowed_account_ids contains ${written(wrong)} at ${place(attribute.location)}, which is not an account id of 12 digits`,
    [editLine(attribute.location, 'allowed_account_ids = ["123456789012"]')],
  );
}

function role(attributes: KnownAttributes): string | undefined {
  const attribute = attributes.get('assume_role');
  if (attribute === undefined) return undefined;
  const arn = roleOf(attribute);
  if (typeof arn === 'string' && accountOfRole(arn) !== undefined) return arn;
  throw invalidConfiguration(
    'InvalidBackend',
    `${attribute.name} = ${written(attribute.value)} at ${place(attribute.location)} does not name the ARN of an IAM role`,
    [editLine(attribute.location, 'assume_role = { role_arn = "arn:aws:iam::123456789012:role/NAME" }')],
  );
}

function roleOf({ value }: HclAttribute): unknown {
  return typeof value === 'object' && value !== null && 'role_arn' in value ? value['role_arn'] : undefined;
}
