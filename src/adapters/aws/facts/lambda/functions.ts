import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { spelled } from '../../../../domain/separation/state-facts.js';
import { noteEncryption } from '../encryption.js';
import { noteMentions } from '../mentions.js';
import type { Reading } from '../reading.js';

/**
 * Notes what a function is, and whatever its configuration points at.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 */
export function noteFunction(reading: Reading, each: FunctionConfiguration): void {
  const { FunctionArn: from = '', FunctionName: name, Role, KMSKeyArn, VpcConfig, LoggingConfig } = each;
  reading.resource({ id: from, type: 'aws_lambda_function', name });
  reading.relation({ kind: 'service-role', from, to: Role, where: 'Role' });
  noteEncryption(reading, { from, key: KMSKeyArn, where: 'KMSKeyArn' });
  reading.relation({ kind: 'placed-in', from, to: VpcConfig?.VpcId, where: 'VpcConfig.VpcId' });
  for (const to of VpcConfig?.SubnetIds ?? [])
    reading.relation({ kind: 'placed-in', from, to, where: 'VpcConfig.SubnetIds' });
  for (const to of VpcConfig?.SecurityGroupIds ?? [])
    reading.relation({ kind: 'placed-in', from, to, where: 'VpcConfig.SecurityGroupIds' });
  reading.relation({
    kind: 'redrive',
    from,
    to: each.DeadLetterConfig?.TargetArn,
    where: 'DeadLetterConfig.TargetArn',
  });
  for (const { Arn: to } of each.Layers ?? []) reading.relation({ kind: 'mentions', from, to, where: 'Layers' });
  for (const { Arn: to } of each.FileSystemConfigs ?? [])
    reading.relation({ kind: 'mentions', from, to, where: 'FileSystemConfigs' });
  if (LoggingConfig?.LogGroup !== undefined) {
    const to = spelled(LoggingConfig.LogGroup, 'log group', reading.vantage);
    reading.relation({ kind: 'log-delivery', from, to, where: 'LoggingConfig.LogGroup' });
  }
}

/**
 * Notes what the environment variables of a function name. Whoever may not decrypt them is told so in their place.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentError.html
 */
export async function noteVariables(reading: Reading, each: FunctionConfiguration): Promise<void> {
  const { FunctionArn: from = '', Environment } = each;
  const variables = await reading.ask(
    { action: 'kms:Decrypt', subject: `the environment variables of ${from}`, areas: ['encryption', 'data-flow'] },
    async () => {
      const { ErrorCode: name, Message: message } = Environment?.Error ?? {};
      if (name !== undefined) throw Object.assign(new Error(message), { name });
      return Object.entries(Environment?.Variables ?? {});
    },
  );
  for (const [name, value] of variables ?? []) await noteMentions(reading, from, value, `variable ${name}`);
}
