import { awsEndpoint } from '../../domain/emulated-aws.js';
import { MhtctlError } from '../../domain/errors.js';

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']);
const REJECTED = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'AuthFailure',
]);
const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'Forbidden']);
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'TimeoutError',
]);

interface AwsError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** Whether an error has one of these names, the way the AWS SDK names service errors. */
export function isAwsError(error: unknown, ...names: readonly string[]): boolean {
  return names.includes((error as AwsError | undefined)?.name ?? '');
}

/** Whether AWS answered "not found", however the service words it. */
export function isNotFound(error: unknown): boolean {
  return (
    (error as AwsError | undefined)?.$metadata?.httpStatusCode === 404 ||
    isAwsError(error, 'NotFound', 'NoSuchBucket', 'NoSuchKey', 'ResourceNotFoundException')
  );
}

function connectionCode(error: AwsError | undefined): string | undefined {
  if (error === undefined || error === null) return undefined;
  for (const name of [error.code, error.name]) if (name !== undefined && UNREACHABLE.has(name)) return name;
  const nested = [error.cause, ...(error.errors ?? [])] as (AwsError | undefined)[];
  for (const inner of nested) {
    const code = inner === undefined ? undefined : connectionCode(inner);
    if (code !== undefined) return code;
  }
  return undefined;
}

/**
 * Turns an error of the AWS SDK into a failure a person can act on.
 * @param action the IAM action that was tried, like `s3:GetObject`
 * @param subject what it was tried on
 */
export function awsFailure(error: unknown, action: string, subject: string): MhtctlError {
  if (error instanceof MhtctlError) return error;
  const aws = error as AwsError;
  const name = aws.name ?? 'Error';
  const message = aws.message ?? String(error);
  const endpoint = awsEndpoint(process.env);
  const where = endpoint === undefined ? '' : ` at ${endpoint}`;
  if (name === 'CredentialsProviderError') {
    return new MhtctlError({
      code: 'CredentialsMissing',
      outcome: 'toolFailed',
      message: `no AWS credentials were found (${message})`,
      nextSteps: [
        'sign in: aws sso login --profile PROFILE && export AWS_PROFILE=PROFILE',
        'or try it without an account: mhtctl local up && eval "$(mhtctl local env)"',
      ],
      cause: error,
    });
  }
  if (EXPIRED.has(name)) {
    return new MhtctlError({
      code: 'CredentialsExpired',
      outcome: 'toolFailed',
      message: `the AWS credentials have expired (${action}: ${message})`,
      nextSteps: ['sign in again: aws sso login'],
      cause: error,
    });
  }
  if (REJECTED.has(name)) {
    return new MhtctlError({
      code: 'CredentialsRejected',
      outcome: 'toolFailed',
      message: `AWS does not accept the credentials (${action}: ${name}: ${message})`,
      nextSteps: ['see which are used: aws configure list', 'see who they are: aws sts get-caller-identity'],
      cause: error,
    });
  }
  const connection = connectionCode(aws);
  if (connection !== undefined) {
    return new MhtctlError({
      code: 'AwsUnreachable',
      outcome: 'toolFailed',
      message: `AWS could not be reached${where} (${action} on ${subject}: ${connection})`,
      nextSteps:
        endpoint === undefined
          ? ['check the network and the proxy, then try again']
          : ['start the emulator: mhtctl local up', 'or leave it: unset AWS_ENDPOINT_URL'],
      cause: error,
    });
  }
  if (DENIED.has(name) || aws.$metadata?.httpStatusCode === 403) {
    return new MhtctlError({
      code: 'AwsDenied',
      outcome: 'toolFailed',
      message: `AWS denied ${action} on ${subject} (${name}: ${message})`,
      nextSteps: [`allow ${action} to the role in use, or use another: aws sts get-caller-identity`],
      cause: error,
    });
  }
  return new MhtctlError({
    code: 'AwsFailed',
    outcome: 'toolFailed',
    message: `${action} on ${subject} failed${where}: ${name}: ${message}`,
    nextSteps: ['try again; mhtctl doctor says whether something here is amiss'],
    cause: error,
  });
}
