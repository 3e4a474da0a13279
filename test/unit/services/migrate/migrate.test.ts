import { describe, expect, it } from '@jest/globals';
import { MhtctlError } from '../../../../src/domain/errors.js';
import { STEP_TITLES, STEPS } from '../../../../src/domain/migration/journal.js';
import { parseState } from '../../../../src/domain/state.js';
import { STAGING } from '../../../fakes/bindings.js';
import { changeOf, planOf } from '../../../fakes/plans.js';
import { failureOf } from '../../../support/failure.js';
import {
  JOURNAL_OBJECT,
  Killed,
  MIGRATED_FILE,
  migrate,
  NEW_OBJECT,
  OLD_LINEAGE,
  OLD_OBJECT,
  stateText,
  undo,
  type World,
  world,
} from './world.js';

const newState = (ports: World) => {
  const text = ports.stateBucket.objects.get(NEW_OBJECT);
  return text === undefined ? null : parseState(text, NEW_OBJECT);
};
const addresses = (ports: World) => newState(ports)?.instances.map(({ address }) => address);

/** Everything that is kept anywhere, without the operation lock. */
const kept = (ports: World) => JSON.stringify([[...ports.stateBucket.objects], [...ports.workspace.files]]);

describe('a migration', () => {
  it('keeps the live stack as what it is, in its own backend and with a lineage of its own', async () => {
    const ports = world();
    const old = ports.stateBucket.objects.get(OLD_OBJECT);
    const { journal, prepared } = await migrate(ports);

    expect(prepared?.binding.name).toBe('staging');
    expect(addresses(ports)).toEqual(['module.queues.aws_sqs_queue.this']);
    expect(newState(ports)?.lineage).not.toBe(OLD_LINEAGE);
    expect(ports.stateBucket.objects.get(OLD_OBJECT)).toBe(old);
    expect(journal.done).toEqual(STEPS);
    expect(ports.workspace.files.get(MIGRATED_FILE)).toContain('from = aws_sqs_queue.jobs');
  });

  it('backs the old state up here and in the new bucket, and marks the old backend', async () => {
    const ports = world();
    const { backup, journal } = await migrate(ports);
    const bytes = new TextEncoder().encode(stateText('aws_sqs_queue.jobs'));
    expect(ports.workspace.files.get(backup?.file ?? '')).toEqual(bytes);
    expect(ports.stateArchive.kept.get(journal.id)?.bytes).toEqual(bytes);
    expect(backup?.object).toBe(`s3://${NEW_OBJECT}.backups/${journal.id}.tfstate`);
    const mark = JSON.parse(ports.stateBucket.objects.get(`${OLD_OBJECT}.migrated.json`) ?? 'null');
    expect(mark).toMatchObject({
      environment: 'staging',
      id: journal.id,
      from: { lineage: OLD_LINEAGE, serial: 9 },
      to: { bucket: STAGING.backend.bucket, lineage: newState(ports)?.lineage },
    });
  });

  it('is recorded once, under the operation lock, which is given back', async () => {
    const ports = world();
    const { journal } = await migrate(ports);
    expect(ports.ledger.records).toMatchObject([
      { id: journal.id, operation: 'migrate', status: 'done', about: { lineage: OLD_LINEAGE, moves: '1' } },
    ]);
    expect(await ports.operationLock.holder()).toBeNull();
  });

  it('leaves no plan, no copy and no rehearsal behind', async () => {
    const ports = world();
    await migrate(ports);
    const left = [...ports.workspace.files.keys()].filter((file) => /tfplan|copy\.tfstate/.test(file));
    expect(left.filter((file) => !file.includes('rehearsal'))).toEqual([]);
    expect(ports.rehearsals.stillOpen).toBe(0);
  });

  it('changes nothing until it is confirmed, not even when the configuration is not what is live', async () => {
    const ports = world();
    ports.terraform.showPlan = async () => planOf([changeOf('aws_sqs_queue.new')]);
    const before = kept(ports).replaceAll(/"[^"]*rehearsal[^"]*","plan"/g, '');
    const failure = await failureOf(migrate(ports));
    expect(failure).toMatchObject({ code: 'PlanNotEmpty', outcome: 'refused' });
    expect(failure.nextSteps).toEqual([
      'correct it, then see again: mhtctl migrate --from-backend old.tfbackend --dry-run',
    ]);
    const after = [...ports.workspace.files.keys()].filter((file) => !file.includes('rehearsal'));
    expect([[...ports.stateBucket.objects.keys()], after]).toEqual([[OLD_OBJECT], []]);
    expect(before).toContain(OLD_LINEAGE);
  });

  it('goes on from a plan that could not be applied, as long as that tells more', async () => {
    const ports = world();
    const { plan } = ports.terraform;
    const cycle = new MhtctlError({ code: 'TerraformFailed', outcome: 'toolFailed', message: 'Cycle: a, b' });
    let plans = 0;
    ports.terraform.plan = async (...args) => {
      await plan(...args);
      plans += 1;
      if (plans === 1) throw cycle;
      return { hasChanges: true };
    };
    expect((await migrate(ports)).journal.done).toEqual(STEPS);

    const hopeless = world();
    hopeless.terraform.plan = async () => {
      throw cycle;
    };
    hopeless.terraform.showPlan = async () => planOf([changeOf('aws_sqs_queue.new')]);
    expect(await failureOf(migrate(hopeless))).toBe(cycle);
    expect(hopeless.rehearsals.stillOpen).toBe(0);
    hopeless.terraform.showPlan = async () => {
      throw new Error('there is no plan');
    };
    expect(await failureOf(migrate(hopeless))).toBe(cycle);
  });

  it('takes no lock and writes nothing for a dry run', async () => {
    const ports = world();
    ports.operationLock.take = async () => {
      throw new Error('a dry run takes no lock');
    };
    ports.terraform.showPlan = async () => planOf([changeOf('aws_sqs_queue.new')]);
    expect((await failureOf(migrate(ports, { hold: undefined }))).code).toBe('PlanNotEmpty');
    expect([...ports.stateBucket.objects.keys()]).toEqual([OLD_OBJECT]);
  });
});

describe('a migration that was killed', () => {
  /** Every write that a migration makes, each as the last one before the end, and each as the first that is not made. */
  const writes = async () => {
    const ports = world();
    const count = { made: 0 };
    countWrites(ports, count, Number.POSITIVE_INFINITY);
    await migrate(ports);
    return count.made;
  };

  it('goes on wherever that was, and ends as if nothing had been', async () => {
    const total = await writes();
    expect(total).toBeGreaterThan(STEPS.length);
    for (let last = 0; last < total; last += 1) {
      const ports = world();
      const old = ports.stateBucket.objects.get(OLD_OBJECT);
      const restore = countWrites(ports, { made: 0 }, last);
      await expect(migrate(ports)).rejects.toThrow('killed');
      restore();
      const { journal } = await migrate(ports);
      expect([last, journal.done]).toEqual([last, STEPS]);
      expect([last, addresses(ports)]).toEqual([last, ['module.queues.aws_sqs_queue.this']]);
      expect(newState(ports)?.lineage).not.toBe(OLD_LINEAGE);
      expect(ports.stateBucket.objects.get(OLD_OBJECT)).toBe(old);
      expect(ports.ledger.records.map(({ id }) => id)).toEqual([journal.id]);
    }
  });

  it('can be taken back wherever that was, but for its last step', async () => {
    const total = await writes();
    // The last two writes are the mark and the journal after it: with the mark made, only the journal is behind.
    for (let last = 1; last < total - 1; last += 1) {
      const ports = world();
      const old = ports.stateBucket.objects.get(OLD_OBJECT);
      const restore = countWrites(ports, { made: 0 }, last);
      await expect(migrate(ports)).rejects.toThrow('killed');
      restore();
      await undo(ports);
      expect([last, newState(ports)?.instances ?? []]).toEqual([last, []]);
      expect(ports.workspace.files.has(MIGRATED_FILE)).toBe(false);
      expect(ports.stateBucket.objects.has(JOURNAL_OBJECT)).toBe(false);
      expect(ports.stateBucket.objects.get(OLD_OBJECT)).toBe(old);
      // And it can be begun anew, again with a lineage of its own.
      await migrate(ports);
      expect(addresses(ports)).toEqual(['module.queues.aws_sqs_queue.this']);
      expect(newState(ports)?.lineage).not.toBe(OLD_LINEAGE);
    }
  });

  it('says how to go on and how to take it back', async () => {
    const ports = world();
    ports.terraform.failures = { pushState: new Killed() };
    const { nextSteps } = await failureOf(migrate(ports));
    expect(nextSteps).toEqual([
      'go on: mhtctl migrate --from-backend old.tfbackend',
      'or take it back: mhtctl migrate --undo',
    ]);
  });

  it('does not begin another step after an interrupt', async () => {
    const ports = world();
    ports.terraform.pushing = ((push) => (binding, text) => {
      ports.interruption.interrupt();
      return push(binding, text);
    })(ports.terraform.pushing);
    expect(await failureOf(migrate(ports))).toMatchObject({ code: 'Interrupted', outcome: 'interrupted' });
    expect(ports.progress.titles.at(-1)).toBe(STEP_TITLES.configuration);
    expect(ports.workspace.files.has(MIGRATED_FILE)).toBe(false);
  });
});

describe('a migration that is done', () => {
  it('is not done again', async () => {
    const ports = world();
    await migrate(ports);
    const before = kept(ports);
    expect(await migrate(ports)).toMatchObject({ journal: { done: STEPS }, prepared: null });
    expect(kept(ports)).toBe(before);
  });

  it('is not taken back', async () => {
    const ports = world();
    await migrate(ports);
    expect(await failureOf(undo(ports))).toMatchObject({ code: 'MigrationDone', outcome: 'refused' });
    expect(addresses(ports)).toEqual(['module.queues.aws_sqs_queue.this']);
  });

  it('is an alarm where the old state is deployed to all the same', async () => {
    const ports = world();
    await migrate(ports);
    ports.stateBucket.objects.set(OLD_OBJECT, stateText('aws_sqs_queue.other', { serial: 10 }));
    const failure = await failureOf(migrate(ports));
    expect(failure.code).toBe('FormerStateChanged');
    expect(failure.message).toContain('it had serial 9, it has 10');
  });

  it('is not done from the old state again when the new one is lost', async () => {
    const ports = world();
    await migrate(ports);
    for (const key of [NEW_OBJECT, JOURNAL_OBJECT]) ports.stateBucket.objects.delete(key);
    expect(await failureOf(migrate(ports))).toMatchObject({ code: 'StateMigrated', outcome: 'refused' });
  });
});

describe('taking back', () => {
  it('is recorded', async () => {
    const ports = world();
    ports.terraform.failures = { apply: new Killed() };
    await failureOf(migrate(ports));
    ports.terraform.failures = {};
    await undo(ports);
    expect(ports.ledger.records).toMatchObject([{ operation: 'migrate', about: { undone: expect.any(String) } }]);
  });

  it('is refused when there was a deployment since', async () => {
    const ports = world();
    ports.terraform.failures = { apply: new Killed() };
    await failureOf(migrate(ports));
    const { startedAt, ...rest } = JSON.parse(ports.stateBucket.objects.get(JOURNAL_OBJECT) ?? '{}');
    ports.ledger.list = async () => ({
      records: [{ ...rest, id: '20991231T000000Z-ffffff', operation: 'deploy', startedAt: '2099-12-31T00:00:00.000Z' }],
      unreadable: [],
      older: 0,
    });
    expect(await failureOf(undo(ports))).toMatchObject({ code: 'DeployedSince', outcome: 'refused' });
    expect(newState(ports)?.instances).toHaveLength(1);
    expect(startedAt).toBeDefined();
  });

  it('leaves a file that somebody changed, and says so', async () => {
    const ports = world();
    ports.terraform.failures = { apply: new Killed() };
    await failureOf(migrate(ports));
    ports.workspace.files.set(MIGRATED_FILE, '# mine now\n');
    await undo(ports);
    expect(ports.workspace.files.get(MIGRATED_FILE)).toBe('# mine now\n');
    expect(ports.progress.heard('Take back moves and imports', 'note')[0]).toContain('was changed since');
  });

  it('has nothing to take back where nothing was begun', async () => {
    expect(await failureOf(undo(world()))).toMatchObject({ code: 'NoMigration', outcome: 'usage' });
  });
});

/** Ends the process at the write after the last one that is to be made. Returns the function that lets all be made. */
function countWrites(ports: World, count: { made: number }, last: number): () => void {
  const { stateArchive, stateBucket, workspace, ledger, terraform } = ports;
  let killing = true;
  const through = <A extends readonly unknown[], R>(write: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (killing && count.made >= last) throw new Killed();
      count.made += 1;
      return write(...args);
    };
  };
  stateBucket.write = through(stateBucket.write.bind(stateBucket));
  stateArchive.keep = through(stateArchive.keep.bind(stateArchive));
  ledger.append = through(ledger.append.bind(ledger));
  terraform.pushState = through(terraform.pushState.bind(terraform));
  terraform.apply = through(terraform.apply.bind(terraform));
  workspace.writeResult = through(workspace.writeResult.bind(workspace));
  return () => {
    killing = false;
  };
}
