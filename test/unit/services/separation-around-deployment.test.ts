import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from '../../../src/domain/plan.js';
import type { State, StateInstance } from '../../../src/domain/state.js';
import { executeDeployment } from '../../../src/services/execute-deployment.js';
import { prepareDeployment } from '../../../src/services/prepare-deployment.js';
import { PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { changeOf, planFileOf, planOf, preparedOf } from '../../fakes/plans.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { stateOf } from '../../fakes/states.js';

const QUEUE = 'aws_sqs_queue.this';
const arnOf = (name: string) => `arn:aws:sqs:us-east-1:111111111111:mht-api-${name}`;

/** A queue of an environment whose failed messages go to a queue of another, or of its own. */
function queueOf(environment: string, deadLetters: string): StateInstance {
  return {
    address: QUEUE,
    type: 'aws_sqs_queue',
    attributes: {
      arn: arnOf(`${environment}-feedback`),
      name: `mht-api-${environment}-feedback`,
      redrive_policy: JSON.stringify({ deadLetterTargetArn: arnOf(`${deadLetters}-dlq`) }),
      tags_all: { Environment: environment },
    },
  };
}

function deadLettersOf(environment: string): StateInstance {
  const attributes = { arn: arnOf(`${environment}-dlq`), name: `mht-api-${environment}-dlq` };
  return {
    address: 'aws_sqs_queue.dlq',
    type: 'aws_sqs_queue',
    attributes: { ...attributes, tags_all: { Environment: environment } },
  };
}

const stateWith = (lineage: string, instances: readonly StateInstance[]): State => stateOf({ lineage, instances });

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
  ports.stateStore.otherStates.set('production', stateWith('of-production', [deadLettersOf('production')]));
});

/** Prepares a plan that leaves staging's queue like that, for staging as it is or as if it were protected. */
async function risksOf(options: { readonly protected: boolean; readonly planned: Json; readonly now: StateInstance }) {
  const binding = { ...STAGING, policy: { ...STAGING.policy, protected: options.protected } };
  ports.catalog.bindings = [PRODUCTION, binding];
  const state = stateOf({ instances: [options.now, deadLettersOf('staging')] });
  ports.stateStore.state = state;
  ports.terraform.planToShow = planOf([changeOf(QUEUE, { actions: ['update'], after: options.planned })]);
  ports.terraform.planFile = planFileOf(binding);
  const { risks } = await prepareDeployment(ports, { binding });
  return risks.filter(({ rule }) => rule.startsWith('separation-'));
}

describe('before a deployment, the planned state', () => {
  const crossed = queueOf('staging', 'production');
  const clean = queueOf('staging', 'staging');

  it('of a protected environment that would lead into another is refused', async () => {
    const risks = await risksOf({ protected: true, planned: crossed.attributes, now: clean });
    expect(risks).toEqual([
      expect.objectContaining({ rule: 'separation-data-flow', severity: 'forbidden', address: QUEUE }),
    ]);
    expect(risks[0]?.message).toContain('aws_sqs_queue.dlq of "production"');
  });

  it('is judged with what is new in it, which has no identifier yet', async () => {
    const { arn: _, ...planned } = crossed.attributes;
    const risks = await risksOf({ protected: true, planned, now: { ...clean, address: 'aws_sqs_queue.other' } });
    expect(risks.map(({ rule, address }) => [rule, address])).toContainEqual(['separation-data-flow', QUEUE]);
  });

  it('of an unprotected one is said', async () => {
    const risks = await risksOf({ protected: false, planned: crossed.attributes, now: clean });
    expect(risks.map(({ severity }) => severity)).toEqual(['notice']);
  });

  it('that mends what stands is let through', async () => {
    expect(await risksOf({ protected: true, planned: clean.attributes, now: crossed })).toEqual([]);
  });

  it('is judged without a state that cannot be read, which is said', async () => {
    const own = ports.stateStore.readStateObject.bind(ports.stateStore);
    ports.stateStore.readStateObject = async (binding) => {
      if (binding.name === 'production') throw toolFailure('AWS denied s3:GetObject');
      return own(binding);
    };
    expect(await risksOf({ protected: true, planned: clean.attributes, now: clean })).toEqual([]);
    expect(ports.progress.heard('Plan', 'note').join()).toContain('not compared with the state of "production"');
  });
});

describe('after a deployment, separation', () => {
  const execute = (hasChanges = true) => {
    const prepared = preparedOf({ state: stateOf(), hasChanges });
    ports.workspace.files.set(prepared.planFile, 'plan');
    return executeDeployment(ports, prepared, { overrides: [] });
  };

  it('is verified against AWS and recorded, and a violation is told', async () => {
    ports.stateStore.state = stateWith('of-staging', [queueOf('staging', 'production')]);
    const { separation, record } = await execute();
    expect(separation?.verdict).toBe('violated');
    expect(separation?.findings.join()).toContain('"production"');
    expect(record.separation).toBe('violated');
    expect(ports.progress.heard('Separation', 'note').join()).toContain('not separated:');
    expect(ports.awsFacts.asked).toHaveLength(1);
  });

  it('finds loaded what it takes: that is done while Terraform applies', async () => {
    let prepared = false;
    ports.terraform.applying = () => {
      prepared = ports.awsFacts.prepared;
    };
    await execute();
    expect(prepared).toBe(true);
  });

  it('that cannot be verified fails no deployment', async () => {
    ports.identities.failure = toolFailure('AWS could not be reached');
    const { separation, record } = await execute();
    expect([separation?.verdict, record.separation, record.status]).toEqual(['unproven', 'unproven', 'applied']);
    expect(ports.progress.heard('Separation', 'note').join()).toContain('AWS could not be reached');
  });

  it('is not asked for when nothing was changed', async () => {
    const { separation } = await execute(false);
    expect(separation).toBeNull();
    expect(ports.awsFacts.asked).toEqual([]);
  });

  it("is nobody's when there is one environment", async () => {
    ports.catalog.bindings = [STAGING];
    expect((await execute()).separation).toBeNull();
  });
});
