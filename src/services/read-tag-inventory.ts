import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { EnvironmentEvidence } from '../domain/separation/evidence.js';
import type { Unread } from '../domain/separation/facts.js';
import { parseArn } from '../domain/separation/identifiers.js';
import type { Inventory, Tags } from '../domain/separation/inventory.js';
import { stateResources } from '../domain/separation/state-facts.js';
import type { StateInstance } from '../domain/state.js';
import type { Vantage } from '../ports/aws-facts.js';
import type { Ports } from '../ports/index.js';
import type { TagQuery } from '../ports/tag-inventory.js';

/** A tag inventory with what could not be read of it. */
export interface TagInventoryRead {
  readonly inventory: Inventory;
  readonly unread: readonly Unread[];
}

/**
 * What is tagged with an environment, what with the project, and what else the states say there is. Never fails for what
 * AWS refuses: that is among the unread.
 * @param evidence the states, awaited only for what neither tag leads to
 */
export async function readTagInventory(
  ports: Pick<Ports, 'inventory'>,
  vantage: Vantage,
  bindings: readonly Binding[],
  evidence: Promise<readonly EnvironmentEvidence[]>,
): Promise<TagInventoryRead> {
  const mine = ({ name }: Binding) => vantage.environments.includes(name);
  const projects = bindings
    .filter(mine)
    .flatMap(({ variables }) => (typeof variables['project_name'] === 'string' ? [variables['project_name']] : []));
  const inventory = new Map<string, Tags>();
  const unread: Unread[] = [];
  const ask = (query: TagQuery) => take(ports, vantage, query, { inventory, unread });
  await Promise.all([
    ask({ tag: 'Environment', values: vantage.environments }),
    ask({ tag: 'Project', values: [...new Set(projects)] }),
  ]);
  // A resource that has lost both tags is asked for by its name.
  const others = (await evidence)
    .filter(({ binding }) => mine(binding))
    .flatMap(stateResources)
    .flatMap(({ instance }) => taggableArn(instance.attributes, vantage) ?? [])
    .filter((arn) => !inventory.has(arn));
  await ask({ arns: others });
  return { inventory, unread };
}

/** Adds what a query lists to the inventory: very many are listed by several queries. */
async function take(
  ports: Pick<Ports, 'inventory'>,
  vantage: Vantage,
  query: TagQuery,
  { inventory, unread }: { readonly inventory: Map<string, Tags>; readonly unread: Unread[] },
): Promise<void> {
  try {
    for await (const page of ports.inventory.pages(vantage, query)) {
      for (const { arn, tags } of page) if (!inventory.has(arn)) inventory.set(arn, tags);
    }
  } catch (error) {
    if (!(error instanceof MhtctlError) || error.outcome === 'interrupted') throw error;
    const what = 'tag' in query ? `${query.tag} = ${query.values.join(' or ')}` : `${query.arns.length} resources`;
    // Half an inventory shows what it shows; the gap says that it is half.
    unread.push({
      environments: vantage.environments,
      areas: ['tags'],
      action: 'tag:GetResources',
      subject: `${what} in ${vantage.region}`,
      reason: error.message,
    });
  }
}

/** Services that tell a resource's tags with the resource, and IAM, whose resources the tagging API does not list. */
const TELL_TAGS: ReadonlySet<string> = new Set(['ec2', 'elasticloadbalancing', 'iam']);

/** The ARN of a resource that can be tagged, where only the tagging API tells how. */
function taggableArn(attributes: StateInstance['attributes'], { region }: Vantage): string | undefined {
  const { arn, tags_all: tags } = attributes;
  if (tags === undefined || typeof arn !== 'string') return undefined;
  const parsed = parseArn(arn);
  if (parsed === undefined || TELL_TAGS.has(parsed.service)) return undefined;
  return parsed.region === region || parsed.region === '' ? arn : undefined;
}
