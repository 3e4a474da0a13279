import type { SecretListEntry, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { concerned } from './concerned.js';
import { noteEncryption } from './encryption.js';
import { listAll } from './listing.js';
import { type Reading, tagsOf } from './reading.js';

/** What the parts of this reader share. */
interface SecretsManager {
  readonly reading: Reading;
  readonly sdk: typeof import('../sdk/secrets-manager.js');
  readonly client: SecretsManagerClient;
}

/**
 * Secrets with their keys, replicas, rotation and policies, never their values. One that is scheduled for deletion is
 * not listed.
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
 */
export async function readSecretsManager(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/secrets-manager.js');
  const client = new sdk.SecretsManagerClient(reading.configuration);
  try {
    const entries = await listAll(reading, {
      action: 'secretsmanager:ListSecrets',
      subject: 'all secrets',
      areas: ['existence', 'policies', 'encryption', 'data-flow', 'tags'],
      types: ['aws_secretsmanager_secret'],
      pages: () => sdk.paginateListSecrets({ client, pageSize: 100 }, {}),
      items: ({ SecretList }) => SecretList,
    });
    for (const entry of entries) noteSecret(reading, entry);
    const close = await concerned(
      reading,
      entries.map(({ ARN: id = '', Name: name, Tags }) => ({ id, name, tags: tagsOf(Tags) })),
    );
    await Promise.all(close.map(({ id }) => readPolicy({ reading, sdk, client }, id)));
  } finally {
    client.destroy();
  }
}

function noteSecret(reading: Reading, entry: SecretListEntry): void {
  const { ARN: id = '', Name: name, KmsKeyId, PrimaryRegion, RotationLambdaARN, Tags } = entry;
  const { region } = reading.vantage;
  const isReplica = PrimaryRegion !== undefined && PrimaryRegion !== region;
  // A replica has the ARN of its primary but for the region.
  const primary = isReplica ? id.replace(`:${region}:`, `:${PrimaryRegion}:`) : undefined;
  reading.resource({ id, type: 'aws_secretsmanager_secret', name, tags: tagsOf(Tags), partOf: primary });
  noteEncryption(reading, { from: id, key: KmsKeyId, where: 'KmsKeyId' });
  if (primary !== undefined) reading.relation({ kind: 'replication', from: primary, to: id, where: 'PrimaryRegion' });
  if (RotationLambdaARN !== undefined)
    reading.relation({ kind: 'secret', from: RotationLambdaARN, to: id, where: 'RotationLambdaARN' });
}

/** Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html */
async function readPolicy({ reading, sdk, client }: SecretsManager, id: string): Promise<void> {
  const answer = await reading.ask(
    { action: 'secretsmanager:GetResourcePolicy', subject: id, areas: ['policies'] },
    () => client.send(new sdk.GetResourcePolicyCommand({ SecretId: id })),
  );
  reading.policy({ kind: 'resource', holder: id, name: 'secret policy', document: answer?.ResourcePolicy });
}
