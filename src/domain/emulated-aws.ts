/** Address of the AWS emulator in use, by the variable the AWS SDKs and Terraform share; undefined on real AWS. */
export function awsEndpoint(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const endpoint = environment['AWS_ENDPOINT_URL'];
  return endpoint === undefined || endpoint === '' ? undefined : endpoint;
}
