import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { Identity } from '../domain/identity.js';
import type { EnvironmentEvidence, Evidence } from '../domain/separation/evidence.js';
import type { Facts, Unread } from '../domain/separation/facts.js';
import { focusOn } from '../domain/separation/focus.js';
import { parseArn } from '../domain/separation/identifiers.js';
import type { Inventory } from '../domain/separation/inventory.js';
import { mergeFacts } from '../domain/separation/merge-facts.js';
import { stateFacts } from '../domain/separation/state-facts.js';
import type { StateObject } from '../domain/state.js';
import type { Vantage } from '../ports/aws-facts.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import { readTagInventory, type TagInventoryRead } from './read-tag-inventory.js';
import { regionsOfFiles, regionsOfState, vantagesOf } from './separation-vantages.js';

type Needed = Pick<Ports, 'awsFacts' | 'configuration' | 'identities' | 'inventory' | 'stateStore'>;

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
  // All is asked at once, and what needs another answer waits for that one alone: most of the time is AWS's.
  const answers = new Map<string, Promise<Identity>>();
  const asked = Promise.all(bindings.map((binding) => identityOf(ports, binding, answers)));
  const states = Promise.all(bindings.map((binding) => readState(ports, binding)));
  const prepared = ports.awsFacts.prepare();
  // What takes no answer is read while AWS answers.
  const configuration = prepared.then(() => ports.configuration.resources());
  for (const promise of [configuration, states, prepared]) promise.catch(() => undefined);
  const identities = await asked;
  const identityAt = (index: number) => identities[index] as Identity;

  const evidence = states.then((read) =>
    read.map(
      ({ state }, index): EnvironmentEvidence => ({
        binding: bindings[index] as Binding,
        identity: identityAt(index),
        state,
      }),
    ),
  );
  const focus = evidence.then(focusOn);
  for (const promise of [evidence, focus]) promise.catch(() => undefined);
  const look = async (vantages: readonly Vantage[]): Promise<readonly Looked[]> => {
    for (const { accountId, region } of vantages) report.now(`reading ${accountId} in ${region}`);
    return Promise.all(
      vantages.map(async (vantage) => {
        const [seen, tagged] = await Promise.all([
          ports.awsFacts.read(vantage, focus),
          readTagInventory(ports, vantage, bindings, evidence),
        ]);
        return { ...seen, tagged };
      }),
    );
  };
  const near = look(
    vantagesOf(
      bindings.map((binding, index) => ({ binding, identity: identityAt(index), regions: regionsOfFiles(binding) })),
    ),
  );
  near.catch(() => undefined);
  const environments = await evidence;
  const further = environments.map(({ binding, state }, index) => ({
    binding,
    identity: identityAt(index),
    regions: regionsOfState(binding, identityAt(index), state?.state ?? null),
  }));
  // What is the same in every region has been read with the first.
  const far = look(vantagesOf(further).map((vantage) => ({ ...vantage, global: false })));
  const looked = [...(await near), ...(await far)];
  const live = mergeFacts(looked.map(({ facts }) => facts));
  return {
    environments,
    inventory: together(looked.map(({ tagged }) => tagged.inventory)),
    facts: mergeFacts([...environments.map(stateFacts), ...environments.map(stateObjectFacts), live]),
    live,
    unread: [
      ...(await states).flatMap(({ unread }) => unread),
      ...looked.flatMap(({ tagged, unread }) => [...tagged.unread, ...unread]),
    ],
    configuration: await configuration,
  };
}

/** What was seen from one vantage. */
interface Looked {
  readonly facts: Facts;
  readonly unread: readonly Unread[];
  readonly tagged: TagInventoryRead;
}

async function readState(
  ports: Needed,
  binding: Binding,
): Promise<{ readonly state: StateObject | null; readonly unread: readonly Unread[] }> {
  try {
    return { state: await ports.stateStore.readStateObject(binding), unread: [] };
  } catch (error) {
    return { state: null, unread: [unreadState(binding, error)] };
  }
}

/** Environments that are reached with the same credentials are asked about once. */
async function identityOf(ports: Needed, binding: Binding, answers: Map<string, Promise<Identity>>): Promise<Identity> {
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

/** Several inventories as one. */
function together(inventories: readonly Inventory[]): Inventory {
  const [only] = inventories;
  if (inventories.length === 1 && only !== undefined) return only;
  return new Map(inventories.flatMap((inventory) => [...inventory]));
}
