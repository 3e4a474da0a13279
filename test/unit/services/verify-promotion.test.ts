import { beforeEach, describe, expect, it } from '@jest/globals';
import { verifyPromotion } from '../../../src/services/verify-promotion.js';
import { bindingOf, PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { recordOf } from '../../fakes/states.js';

const promoted = bindingOf('production', { policy: { ...PRODUCTION.policy, promotedFrom: 'staging' } });
let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts({ environment: { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' } });
  ports.terraform.hasChanges = false;
  ports.ledger.records.push(recordOf());
});

async function verify(binding = promoted, skipReason?: string) {
  await ports.progress.run([
    {
      title: 'Promotion',
      run: (report) => verifyPromotion(ports, { binding, commit: ports.repository.commit, skipReason }, report),
    },
  ]);
  return ports.progress.heard('Promotion', 'result').join();
}

describe('the promotion gate of a deployment', () => {
  it('asks nothing where the environment is promoted from no other', async () => {
    await verify(STAGING);
    expect(ports.journal).toEqual([]);
  });

  it('asks nothing where it is skipped, and says so with the reason', async () => {
    expect(await verify(promoted, 'hot fix')).toBe('skipped');
    expect(ports.progress.heard('Promotion', 'note').join()).toContain('hot fix');
    expect(ports.journal).toEqual([]);
  });

  it('is closed while the ledger is out of reach', async () => {
    ports.ledger.failure = toolFailure('no network');
    const failure = await failureOf(() => verify());
    expect(failure).toMatchObject({ code: 'PromotionGateClosed', exitCode: 3 });
    expect(failure.message).toContain('the ledger of "staging" could not be read: no network');
    expect(failure.nextSteps.join('\n')).toContain("--skip-gate 'REASON'");
  });

  it('is closed while the state there is locked, so that nobody knows of its drift', async () => {
    ports.terraform.failures = { plan: toolFailure('the state is locked') };
    expect((await failureOf(() => verify())).message).toContain('the drift of "staging" could not be read');
  });

  it('hides no bug', async () => {
    ports.ledger.failure = new TypeError('x is not a function');
    await expect(verify()).rejects.toBe(ports.ledger.failure);
  });
});
