import type { AliasListEntry, KMSClient } from '@aws-sdk/client-kms';
import { concerned } from './concerned.js';
import { grantDocument } from './kms/grant-document.js';
import { listAll } from './listing.js';
import type { Reading } from './reading.js';

/** What the parts of this reader share. */
interface Kms {
  readonly reading: Reading;
  readonly sdk: typeof import('../sdk/kms.js');
  readonly client: KMSClient;
}

/** A key by its ARN, and by the one name that people gave it. */
interface Key {
  readonly id: string;
  readonly keyId: string;
  readonly name: string | undefined;
}

/**
 * Every key of the account in the region is among these, one that waits for its deletion too.
 * Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html
 */
const KEY_TYPES = ['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_external_key', 'aws_kms_replica_external_key'];

/**
 * Keys with their aliases, policies and grants. AWS's own keys are known by their aliases.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
 */
export async function readKms(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/kms.js');
  const client = new sdk.KMSClient(reading.configuration);
  const kms = { reading, sdk, client };
  try {
    const [listed, aliases] = await Promise.all([listKeys(kms), listAliases(kms)]);
    const own = aliases.filter((alias) => !isAwsAlias(alias));
    for (const alias of own) noteAlias(reading, alias);
    const awsKeys = new Set(aliases.filter(isAwsAlias).map(({ TargetKeyId }) => TargetKeyId));
    const keys = listed.map((key): Key => ({ ...key, name: onlyName(own, key.keyId) }));
    for (const { id, keyId, name } of keys) {
      const awsManaged = awsKeys.has(keyId) ? ({ awsManaged: true } as const) : {};
      reading.resource({ id, type: 'aws_kms_key', aliases: [keyId], name, ...awsManaged });
    }
    const close = await concerned(
      reading,
      keys.filter(({ keyId }) => !awsKeys.has(keyId)),
    );
    await Promise.all(close.flatMap((key) => [readPolicy(kms, key), readGrants(kms, key), readPrimary(kms, key)]));
  } finally {
    client.destroy();
  }
}

function listKeys({ reading, sdk, client }: Kms): Promise<readonly Omit<Key, 'name'>[]> {
  return listAll(reading, {
    action: 'kms:ListKeys',
    subject: 'all keys',
    areas: ['existence', 'policies', 'encryption'],
    types: KEY_TYPES,
    pages: () => sdk.paginateListKeys({ client, pageSize: 1000 }, {}),
    items: ({ Keys = [] }) => Keys.map(({ KeyArn: id = '', KeyId: keyId = '' }) => ({ id, keyId })),
  });
}

/** Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html */
function listAliases({ reading, sdk, client }: Kms): Promise<readonly AliasListEntry[]> {
  return listAll(reading, {
    action: 'kms:ListAliases',
    subject: 'all aliases of keys',
    areas: ['existence', 'encryption'],
    types: ['aws_kms_alias'],
    pages: () => sdk.paginateListAliases({ client, pageSize: 100 }, {}),
    items: ({ Aliases }) => Aliases,
  });
}

function isAwsAlias({ AliasName = '' }: AliasListEntry): boolean {
  return AliasName.startsWith('alias/aws/');
}

function noteAlias(reading: Reading, { AliasArn: id = '', AliasName: name = '', TargetKeyId }: AliasListEntry): void {
  reading.resource({ id, type: 'aws_kms_alias', aliases: [name], name });
  const to = TargetKeyId === undefined ? undefined : reading.arn('kms', `key/${TargetKeyId}`);
  reading.relation({ kind: 'key-alias', from: id, to, where: 'TargetKeyId' });
}

/** Keys have no names. Of a key with several aliases, none says more than the others whose it is. */
function onlyName(aliases: readonly AliasListEntry[], keyId: string): string | undefined {
  const [first, ...others] = aliases.filter(({ TargetKeyId }) => TargetKeyId === keyId);
  return others.length === 0 ? first?.AliasName : undefined;
}

/**
 * `default` is the one name a key policy can have.
 * Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
 */
async function readPolicy({ reading, sdk, client }: Kms, { id, keyId }: Key): Promise<void> {
  const answer = await reading.ask({ action: 'kms:GetKeyPolicy', subject: id, areas: ['policies'] }, () =>
    client.send(new sdk.GetKeyPolicyCommand({ KeyId: keyId, PolicyName: 'default' })),
  );
  reading.policy({ kind: 'resource', holder: id, name: 'key policy', document: answer?.Policy });
}

/** Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
async function readGrants({ reading, sdk, client }: Kms, { id, keyId }: Key): Promise<void> {
  const grants = await listAll(reading, {
    action: 'kms:ListGrants',
    subject: id,
    areas: ['policies'],
    pages: () => sdk.paginateListGrants({ client, pageSize: 100 }, { KeyId: keyId }),
    items: ({ Grants }) => Grants,
  });
  for (const grant of grants) {
    const name = `grant "${grant.Name || grant.GrantId}"`;
    reading.policy({ kind: 'grant', holder: id, name, document: grantDocument(id, grant) });
  }
}

/**
 * A replica of a multi-Region key is another key with the same key material. Only these ids begin so.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
async function readPrimary({ reading, sdk, client }: Kms, { id, keyId }: Key): Promise<void> {
  if (!keyId.startsWith('mrk-')) return;
  const answer = await reading.ask({ action: 'kms:DescribeKey', subject: id, areas: ['encryption'] }, () =>
    client.send(new sdk.DescribeKeyCommand({ KeyId: keyId })),
  );
  const { PrimaryKey } = answer?.KeyMetadata?.MultiRegionConfiguration ?? {};
  if (PrimaryKey?.Arn !== id)
    reading.relation({ kind: 'encrypted-with', from: id, to: PrimaryKey?.Arn, where: 'MultiRegionConfiguration' });
}
