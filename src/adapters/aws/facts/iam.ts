import { type OwnPolicy, readAuthorizationDetails } from './iam/authorization-details.js';
import { readDocuments } from './iam/documents.js';
import type { Iam } from './iam/iam.js';
import { readInstanceProfiles } from './iam/instance-profiles.js';
import type { HeldPolicy, Principal } from './iam/principals.js';
import { readTags, tagsOfEach } from './iam/tags.js';
import type { Reading } from './reading.js';

/** Users, groups, roles and what they are allowed, managed policies, and instance profiles. */
export async function readIam(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/iam.js');
  const client = new sdk.IAMClient(reading.configuration);
  const iam = { reading, sdk, client };
  try {
    await Promise.all([readPrincipals(iam), readInstanceProfiles(iam)]);
  } finally {
    client.destroy();
  }
}

/**
 * Everybody's policies are noted: an environment may come to act as any role. AWS's own are read as well, each once, but
 * for the roles that AWS made for its services.
 */
async function readPrincipals(iam: Iam): Promise<void> {
  const { reading } = iam;
  const { principals, policies } = await readAuthorizationDetails(iam);
  const documents = new Map(policies.flatMap(({ id, document }) => (document === undefined ? [] : [[id, document]])));
  const ofPeople = principals.filter(({ awsManaged }) => !awsManaged);
  const further = new Set(ofPeople.flatMap((principal) => principal.policies.flatMap(({ managed }) => managed ?? [])));
  for (const { id } of policies) further.delete(id);
  const [others, tags] = await Promise.all([readDocuments(iam, further), readPolicyTags(iam, policies)]);
  for (const [arn, document] of others) documents.set(arn, document);
  for (const policy of policies) notePolicy(reading, policy, tags.get(policy.id));
  for (const principal of principals) notePrincipal(reading, principal, documents);
}

function notePolicy(
  reading: Reading,
  { id, name, document }: OwnPolicy,
  tags: Readonly<Record<string, string>> | undefined,
): void {
  reading.resource({ id, type: 'aws_iam_policy', name, tags });
  reading.policy({ kind: 'identity', holder: id, name: `managed policy "${name}"`, document });
}

function notePrincipal(reading: Reading, principal: Principal, documents: ReadonlyMap<string, string>): void {
  const { id, type, name, aliases, tags, awsManaged, policies } = principal;
  reading.resource({ id, type, name, aliases, tags, ...(awsManaged ? { awsManaged } : {}) });
  for (const policy of policies) {
    const { kind, managed } = policy;
    const document = managed === undefined ? policy.document : documents.get(managed);
    reading.policy({ kind, holder: id, name: policy.name, document });
    noteAttachment(reading, id, policy);
  }
}

/** What a user has from a group is the group's. */
function noteAttachment(reading: Reading, from: string, { kind, managed: to, group }: HeldPolicy): void {
  if (group !== undefined) return;
  if (kind === 'boundary') reading.relation({ kind: 'boundary', from, to, where: 'PermissionsBoundary' });
  else reading.relation({ kind: 'service-role', from, to, where: 'AttachedManagedPolicies' });
}

/**
 * The tags of managed policies, which the account's details do not tell, by ARN. Of every policy: there are few, and one
 * that is an environment's by its tag alone need not have its name.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html
 */
function readPolicyTags({ reading, sdk, client }: Iam, policies: readonly OwnPolicy[]): ReturnType<typeof tagsOfEach> {
  return tagsOfEach(policies, ({ id }) =>
    readTags({ reading }, { action: 'iam:ListPolicyTags', subject: id }, () =>
      sdk.paginateListPolicyTags({ client }, { PolicyArn: id }),
    ),
  );
}
