import { listAll } from '../listing.js';
import { type Ec2, small, tagged } from './ec2.js';

/** The blocks that each prefix list of the account's own stands for, by the list's id. */
export type PrefixLists = ReadonlyMap<string, readonly string[]>;

/**
 * Prefix lists that a customer manages, with their entries. AWS's own lists are everybody's, and left out.
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeManagedPrefixLists.html,
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetManagedPrefixListEntries.html
 */
export async function readPrefixLists(ec2: Ec2): Promise<PrefixLists> {
  const lists = await listAll(ec2.reading, {
    action: 'ec2:DescribeManagedPrefixLists',
    subject: 'all prefix lists',
    areas: ['existence', 'network', 'tags'],
    types: ['aws_ec2_managed_prefix_list'],
    pages: () => ec2.sdk.paginateDescribeManagedPrefixLists(small(ec2), {}),
    items: ({ PrefixLists }) => PrefixLists,
  });
  const own = lists.filter(({ OwnerId, State }) => OwnerId !== 'AWS' && State !== 'delete-complete');
  const entries = own.map(async ({ PrefixListId: id = '', PrefixListName: name, Tags }) => {
    ec2.reading.resource({ id, type: 'aws_ec2_managed_prefix_list', ...tagged(Tags), name });
    return [id, await readEntries(ec2, id)] as const;
  });
  return new Map(await Promise.all(entries));
}

async function readEntries(ec2: Ec2, id: string): Promise<readonly string[]> {
  const entries = await listAll(ec2.reading, {
    action: 'ec2:GetManagedPrefixListEntries',
    subject: id,
    areas: ['network'],
    pages: () => ec2.sdk.paginateGetManagedPrefixListEntries(small(ec2), { PrefixListId: id }),
    items: ({ Entries }) => Entries,
  });
  return entries.flatMap(({ Cidr }) => Cidr ?? []);
}
