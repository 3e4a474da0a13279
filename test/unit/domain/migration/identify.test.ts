import { describe, expect, it } from '@jest/globals';
import { type Claim, environmentEvidence, identify } from '../../../../src/domain/migration/identify.js';
import type { State, StateInstance } from '../../../../src/domain/state.js';
import { failureOf } from '../../../fakes/failure.js';
import { stateOf } from '../../../fakes/states.js';

const KNOWN = ['production', 'staging'];

/** A queue of that name, with that tag. */
function queue(name: string, tag?: string): StateInstance {
  const tags = tag === undefined ? {} : { Environment: tag };
  return {
    address: `aws_sqs_queue.${name.replaceAll('-', '_')}`,
    type: 'aws_sqs_queue',
    attributes: { name, tags_all: tags },
  };
}

function stateWith(instances: readonly StateInstance[], environment?: string): State {
  const outputs: State['outputs'] =
    environment === undefined ? {} : { environment: { value: environment, sensitive: false } };
  return stateOf({ instances, outputs });
}

function found(state: State, claim: Partial<Claim> = {}) {
  return identify(environmentEvidence(state, KNOWN), KNOWN, { as: undefined, override: undefined, ...claim });
}

describe('the environment of a state', () => {
  it.each([
    ['its tags', stateWith([queue('jobs', 'production')])],
    ['its names', stateWith([queue('mht-api-production-jobs')])],
    ['its output', stateWith([queue('jobs')], 'production')],
    ['all of them', stateWith([queue('mht-api-production-jobs', 'production'), queue('jobs')], 'production')],
  ])('is told by %s', (_, state) => {
    expect(found(state)).toMatchObject({ environment: 'production', overridden: null });
    expect(found(state, { as: 'production' }).environment).toBe('production');
  });

  it('counts what says so', () => {
    const state = stateWith([queue('mht-api-staging-a', 'staging'), queue('mht-api-staging-b'), queue('c')], 'staging');
    expect(environmentEvidence(state, KNOWN)).toEqual([
      {
        environment: 'staging',
        resources: 2,
        tags: 1,
        names: 2,
        output: true,
        examples: [
          'aws_sqs_queue.mht_api_staging_a is tagged Environment = "staging"',
          'aws_sqs_queue.mht_api_staging_a is named mht-api-staging-a',
          'aws_sqs_queue.mht_api_staging_b is named mht-api-staging-b',
        ],
      },
    ]);
  });

  it('is not told by a name that carries two environments', () => {
    expect(found(stateWith([queue('mht-api-staging-production-data', 'staging')])).environment).toBe('staging');
  });

  it('is asked for where nothing tells it, and then taken', async () => {
    const silent = stateWith([queue('jobs')]);
    expect(await failureOf(() => found(silent))).toMatchObject({ code: 'EnvironmentUnknown', outcome: 'refused' });
    expect(found(silent, { as: 'staging' })).toEqual({ environment: 'staging', evidence: [], overridden: null });
  });
});

describe('evidence against it', () => {
  const live = stateWith([queue('mht-api-production-jobs', 'production')]);

  it('is not contradicted by --as alone', async () => {
    const failure = await failureOf(() => found(live, { as: 'staging' }));
    expect(failure).toMatchObject({ code: 'EvidenceContradicts', outcome: 'refused' });
    expect(failure.message).toContain('production: 1 tag, 1 name');
    expect(failure.nextSteps.join()).toContain('--as staging --override-evidence');
  });

  it('is passed with a reason, which is kept', () => {
    const why = { as: 'staging', override: 'named wrongly since 2019' };
    expect(found(live, why)).toMatchObject({ environment: 'staging', overridden: 'named wrongly since 2019' });
  });

  it('is not noted as passed where there was none', () => {
    expect(found(live, { as: 'production', override: 'just in case' }).overridden).toBeNull();
  });

  it('is a conflict where tags were rewritten and names were not, as sed would', async () => {
    const half = stateWith([queue('mht-api-production-jobs', 'staging')], 'staging');
    const failure = await failureOf(() => found(half));
    expect(failure.code).toBe('EvidenceConflicts');
    expect(failure.message).toContain('staging: 1 tag, the output "environment"');
    expect(failure.message).toContain('production: 1 name (aws_sqs_queue.mht_api_production_jobs is named');
    expect(found(half, { as: 'production', override: 'sed' }).environment).toBe('production');
  });

  it('is final where there are resources of both', async () => {
    const both = stateWith([queue('mht-api-production-jobs', 'production'), queue('mht-api-staging-jobs', 'staging')]);
    for (const claim of [{}, { as: 'production' }, { as: 'production', override: 'I know' }]) {
      expect(await failureOf(() => found(both, claim))).toMatchObject({ code: 'TwoEnvironments', outcome: 'refused' });
    }
  });

  it('names the nearest environment where the project has none of that name', async () => {
    const failure = await failureOf(() => found(stateWith([queue('mht-api-prod-jobs', 'prod')])));
    expect(failure).toMatchObject({ code: 'EnvironmentUndefined', outcome: 'refused' });
    expect(failure.nextSteps.join('\n')).toContain('--as production --override-evidence REASON');
  });
});
