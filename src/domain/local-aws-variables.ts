/** The variables that point AWS clients, Terraform and mhtctl at the emulator. */
export function localAwsVariables(endpoint: string, region: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    // The emulator takes any credentials; these say what they are.
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: region,
    // Some clients, the AWS command line among them, know only the older name.
    AWS_DEFAULT_REGION: region,
  };
}

/** Variables that would take precedence over the emulator's and so lead to real AWS. */
const LEADS_AWAY = new Set([
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_SESSION_TOKEN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
]);

/** The names to unset so that nothing leads past the emulator: always the usual ones, and a service's own endpoint. */
export function localAwsUnset(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const endpoints = Object.keys(environment).filter((name) => name.startsWith('AWS_ENDPOINT_URL_'));
  return [...LEADS_AWAY, ...endpoints].sort();
}
