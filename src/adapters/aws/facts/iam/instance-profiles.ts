import type { InstanceProfile } from '@aws-sdk/client-iam';
import { listAll } from '../listing.js';
import { tagsOf } from '../reading.js';
import type { Iam } from './iam.js';
import { tagsOfEach } from './tags.js';

type Tags = Readonly<Record<string, string>>;

/**
 * Instance profiles with the role that each hands out. AWS's listing tells no tags, by which alone one may be an
 * environment's: each is asked for its own.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html
 */
export async function readInstanceProfiles(iam: Iam): Promise<void> {
  const { reading, sdk, client } = iam;
  const profiles = await listAll(reading, {
    action: 'iam:ListInstanceProfiles',
    subject: 'all instance profiles',
    areas: ['existence', 'policies', 'tags'],
    types: ['aws_iam_instance_profile'],
    scope: 'global',
    pages: () => sdk.paginateListInstanceProfiles({ client, pageSize: 1000 }, {}),
    items: ({ InstanceProfiles }) => InstanceProfiles,
  });
  const tags = await tagsOfEach(
    profiles.map((profile) => ({ id: profile.Arn ?? '', profile })),
    ({ profile }) => readTags(iam, profile),
  );
  for (const { Arn: id = '', InstanceProfileName: name, InstanceProfileId, Roles = [] } of profiles) {
    const aliases = InstanceProfileId === undefined ? [] : [InstanceProfileId];
    reading.resource({ id, type: 'aws_iam_instance_profile', name, aliases, tags: tags.get(id) });
    for (const { Arn: to } of Roles) reading.relation({ kind: 'profile-role', from: id, to, where: 'Roles' });
  }
}

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html */
async function readTags({ reading, sdk, client }: Iam, profile: InstanceProfile): Promise<Tags | undefined> {
  const { Arn: subject = '', InstanceProfileName, Tags } = profile;
  if (Tags !== undefined && Tags.length > 0) return tagsOf(Tags);
  const answer = await reading.ask({ action: 'iam:GetInstanceProfile', subject, areas: ['tags'] }, () =>
    client.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName })),
  );
  return answer === undefined ? undefined : tagsOf(answer.InstanceProfile?.Tags);
}
