import type { Identity } from '../domain/deployment.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { EnvironmentEvidence, Evidence, TaggedResource } from '../domain/separation/evidence.js';
import type { Facts, Unread } from '../domain/separation/facts.js';
import { focusOn } from '../domain/separation/focus.js';
import { parseArn } from '../domain/separation/identifiers.js';
import { mergeFacts } from '../domain/separation/merge-facts.js';
import { stateFacts, stateResources } from '../domain/separation/state-facts.js';
import type { StateInstance } from '../domain/state.js';
import type { Focus, Vantage } from '../ports/aws-facts.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import type { TagQuery } from '../ports/tag-inventory.js';

type Needed = Pick<Ports, 'awsFacts' | 'configuration' | 'identities' | 'inventory' | 'stateStore'>;

/** A tag inventory with what could not be read of it. */
interface Inventory {
  readonly resources: readonly TaggedResource[];
  readonly unread: readonly Unread[];
}

/**
 * Everything the rules of separation judge, of all environments at once. Reads only. What is denied or goes wrong leaves
 * a gap in the evidence; only whose credentials these are must be known: fails (exit 5) when nobody can be asked, and
 * (exit 7) when they are of another account than an environment's files pin.
 */
export async function gatherSeparationEvidence(
  ports: Needed,
  bindings: readonly Binding[],
  report: StageReport,
): Promise<Evidence> {
  const configuration = ports.configuration.resources();
  configuration.catch(() => undefined);
  const read = await Promise.all(bindings.map((binding) => readEnvironment(ports, binding, bindings)));
  const environments = read.map(({ environment }) => environment);
  const vantages = vantagesOf(environments);
  report.now(`reading ${vantages.map(({ region, accountId }) => `${accountId} in ${region}`).join(', ')}`);

  const inventories = vantages.map((vantage) => readInventory(ports, vantage, environments));
  const focus = Promise.all(inventories).then(
    (all): Focus =>
      focusOn(
        environments,
        all.flatMap(({ resources }) => resources),
      ),
  );
  const seen = await Promise.all(vantages.map((vantage) => ports.awsFacts.read(vantage, focus)));
  const listed = await Promise.all(inventories);
  const live = mergeFacts(seen.map(({ facts }) => facts));
  return {
    environments,
    inventory: eachOnce(listed.flatMap(({ resources }) => resources)),
    facts: mergeFacts([...environments.map(stateFacts), ...environments.map(stateObjectFacts), live]),
    live,
    unread: [
      ...read.flatMap(({ unread }) => unread),
      ...listed.flatMap(({ unread }) => unread),
      ...seen.flatMap(({ unread }) => unread),
    ],
    configuration: await configuration,
  };
}

async function readEnvironment(
  ports: Needed,
  binding: Binding,
  all: readonly Binding[],
): Promise<{ readonly environment: EnvironmentEvidence; readonly unread: readonly Unread[] }> {
  const [identity, state] = await Promise.all([
    identityOf(ports, binding, all),
    ports.stateStore.readStateObject(binding).then(
      (object) => ({ object, unread: [] }),
      (error: unknown) => ({ object: null, unread: [unreadState(binding, error)] }),
    ),
  ]);
  return { environment: { binding, identity, state: state.object }, unread: state.unread };
}

/** Environments that are reached with the same credentials are asked about once. */
const asked = new WeakMap<readonly Binding[], Map<string, Promise<Identity>>>();

async function identityOf(ports: Needed, binding: Binding, all: readonly Binding[]): Promise<Identity> {
  const answers = asked.get(all) ?? new Map<string, Promise<Identity>>();
  asked.set(all, answers);
  const key = `${binding.roleArn ?? ''} ${binding.region}`;
  const answer = answers.get(key) ?? ports.identities.whoAmI(binding);
  answers.set(key, answer);
  const identity = await answer;
  if (binding.accountId === undefined || identity.accountId === binding.accountId) return identity;
  throw new MhtctlError({
    code: 'WrongAccount',
    outcome: 'wrongIdentity',
    message: `the credentials belong to AWS account ${identity.accountId} (${identity.arn}); "${binding.name}" lives in account ${binding.accountId}`,
    nextSteps: [
      `let "${binding.name}" be read through a role of its own: assume_role_arn in ${binding.variablesFile}`,
      `if the pin is wrong: correct aws_account_id in ${binding.variablesFile}`,
    ],
  });
}

function unreadState({ name, backend }: Binding, error: unknown): Unread {
  if (!(error instanceof MhtctlError) || error.outcome === 'interrupted') throw error;
  return {
    environments: [name],
    areas: ['state'],
    action: 's3:GetObject',
    subject: `s3://${backend.bucket}/${backend.key}`,
    reason: error.message,
  };
}

/**
 * One for each account, role and region that an environment is in, its state's other regions included. What is the same in
 * every region is read from the first of an account's; what cannot be read there is missing for all its environments.
 */
function vantagesOf(environments: readonly EnvironmentEvidence[]): readonly Vantage[] {
  const vantages = new Map<string, Vantage>();
  const first = new Map<string, string>();
  for (const environment of environments) {
    const { binding, identity } = environment;
    const accountId = identity?.accountId ?? '';
    const credentials = `${accountId} ${binding.roleArn ?? ''}`;
    for (const region of regionsOf(environment)) {
      const key = `${credentials} ${region}`;
      if (!first.has(credentials)) first.set(credentials, key);
      const global = first.get(credentials) === key;
      const partition = parseArn(identity?.arn ?? '')?.partition ?? 'aws';
      const place = { region, roleArn: binding.roleArn, accountId, partition, global };
      const seen = vantages.get(key)?.environments ?? [];
      vantages.set(key, { ...place, environments: [...seen, binding.name] });
    }
    const globalKey = first.get(credentials) ?? '';
    const global = vantages.get(globalKey);
    if (global !== undefined && !global.environments.includes(binding.name))
      vantages.set(globalKey, { ...global, environments: [...global.environments, binding.name] });
  }
  return [...vantages.values()];
}

function regionsOf({ binding, state, identity }: EnvironmentEvidence): readonly string[] {
  const regions = new Set([binding.region, binding.backend.region]);
  for (const { attributes } of state?.state.instances ?? []) {
    const arn = typeof attributes['arn'] === 'string' ? parseArn(attributes['arn']) : undefined;
    // A shared hosted zone or an image of somebody else's is not a region that the environment is in.
    if (arn !== undefined && arn.region !== '' && arn.accountId === identity?.accountId) regions.add(arn.region);
  }
  return [...regions];
}

/** What is tagged with an environment, what with the project, and what else the states say there is. */
async function readInventory(
  ports: Needed,
  vantage: Vantage,
  environments: readonly EnvironmentEvidence[],
): Promise<Inventory> {
  const seen = environments.filter(({ binding }) => vantage.environments.includes(binding.name));
  const projects = seen.flatMap(({ binding: { variables } }) =>
    typeof variables['project_name'] === 'string' ? [variables['project_name']] : [],
  );
  const inventory = new Map<string, TaggedResource>();
  const unread: Unread[] = [];
  const ask = (query: TagQuery) => take(ports, vantage, query, { inventory, unread });
  await Promise.all([
    ask({ tag: 'Environment', values: vantage.environments }),
    ask({ tag: 'Project', values: [...new Set(projects)] }),
  ]);
  // A resource that has lost both tags is asked for by its name.
  const others = seen
    .flatMap(stateResources)
    .flatMap(({ instance }) => taggableArn(instance.attributes, vantage) ?? [])
    .filter((arn) => !inventory.has(arn));
  await ask({ arns: others });
  return { resources: [...inventory.values()], unread };
}

/** Adds what a query lists to the inventory, each resource once: very many are listed by both queries. */
async function take(
  ports: Needed,
  vantage: Vantage,
  query: TagQuery,
  { inventory, unread }: { readonly inventory: Map<string, TaggedResource>; readonly unread: Unread[] },
): Promise<void> {
  try {
    for await (const page of ports.inventory.pages(vantage, query)) {
      for (const resource of page) if (!inventory.has(resource.arn)) inventory.set(resource.arn, resource);
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

/** The key that a state object is encrypted with, which no state knows. */
function stateObjectFacts({ binding, state, identity }: EnvironmentEvidence): Facts {
  const partition = parseArn(identity?.arn ?? '')?.partition ?? 'aws';
  const bucket = `arn:${partition}:s3:::${binding.backend.bucket}`;
  return {
    resources: [],
    relations:
      state?.kmsKeyArn == null
        ? []
        : [{ kind: 'encrypted-with', from: bucket, to: state.kmsKeyArn, where: 'state object', source: 'aws' }],
    policies: [],
    listedTypes: [],
  };
}

function eachOnce(resources: readonly TaggedResource[]): readonly TaggedResource[] {
  const byArn = new Map<string, TaggedResource>();
  for (const resource of resources) byArn.set(resource.arn, resource);
  return byArn.size === resources.length ? resources : [...byArn.values()];
}
