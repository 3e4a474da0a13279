import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Binding } from '../../../src/domain/environment.js';
import { interrupted, MhtctlError } from '../../../src/domain/errors.js';
import type { Evidence } from '../../../src/domain/separation/evidence.js';
import { inventoryOf, type TaggedResource } from '../../../src/domain/separation/inventory.js';
import { judgeSeparation } from '../../../src/domain/separation/judge.js';
import { parseState } from '../../../src/domain/state.js';
import type { TagQuery } from '../../../src/ports/tag-inventory.js';
import { gatherSeparationEvidence } from '../../../src/services/gather-separation-evidence.js';
import { ACCOUNT, bindingOf, PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { FakeStageReport } from '../../fakes/progress.js';
import { stateOf } from '../../fakes/states.js';

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
  ports.stateStore.otherStates.set('production', stateOf({ lineage: 'of-production' }));
});

const gather = (bindings: readonly Binding[] = [PRODUCTION, STAGING]): Promise<Evidence> =>
  gatherSeparationEvidence(ports, bindings, new FakeStageReport());

const queue = (name: string): TaggedResource => ({
  arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`,
  tags: { Environment: 'staging', Project: 'mht-api' },
});
const role = (account: string) => `arn:aws:iam::${account}:role/reader`;
const expired = new MhtctlError({
  code: 'CredentialsExpired',
  outcome: 'toolFailed',
  message: 'the AWS credentials have expired (tag:GetResources: expired)',
});

/** Staging's state is this text, read as the state's backend reads it. */
function stateText(text: string): void {
  const readOther = ports.stateStore.readStateObject.bind(ports.stateStore);
  ports.stateStore.readStateObject = async (binding) => {
    if (binding.name !== 'staging') return readOther(binding);
    const origin = `s3://${binding.backend.bucket}/${binding.backend.key}`;
    return { state: parseState(text, origin), versionId: null, kmsKeyArn: null, digest: 'sha256:1' };
  };
}

describe('the evidence', () => {
  it('is what the states say, what AWS answers, and the keys of the state objects', async () => {
    const attributes = { arn: queue('q').arn, name: 'q', tags_all: {} };
    ports.stateStore.state = stateOf({
      instances: [{ address: 'aws_sqs_queue.q', type: 'aws_sqs_queue', attributes }],
    });
    const readObject = ports.stateStore.readStateObject.bind(ports.stateStore);
    ports.stateStore.readStateObject = async (binding) => {
      const object = await readObject(binding);
      return object === null ? null : { ...object, kmsKeyArn: `key of ${binding.name}` };
    };
    const answer = { id: 'vpc-1', type: 'aws_vpc', aliases: [], name: undefined, tags: undefined, partOf: undefined };
    ports.awsFacts.facts = { ...ports.awsFacts.facts, resources: [answer] };
    const { environments, facts, live, unread } = await gather();
    expect(environments.map(({ binding, state }) => [binding.name, state?.state.lineage])).toEqual([
      ['production', 'of-production'],
      ['staging', ports.stateStore.state.lineage],
    ]);
    expect(facts.resources.map(({ id }) => id)).toEqual([queue('q').arn, 'vpc-1']);
    expect(facts.relations).toEqual(
      ['production', 'staging'].map((name) => ({
        kind: 'encrypted-with',
        from: `arn:aws:s3:::mht-api-terraform-state-${name}`,
        to: `key of ${name}`,
        where: 'state object',
        source: 'aws',
      })),
    );
    expect(live.resources).toEqual([answer]);
    expect(unread).toEqual([]);
  });

  it('has each resource of the inventory once, whichever query listed it', async () => {
    ports.inventory.resources = [queue('a'), queue('b')];
    expect((await gather()).inventory).toEqual(inventoryOf([queue('a'), queue('b')]));
  });
});

describe('whose credentials these are', () => {
  it('is asked once where they are the same', async () => {
    await gather();
    expect(ports.journal.filter((call) => call === 'identities.whoAmI')).toHaveLength(1);
  });

  it('is asked for each role, and each looks for itself', async () => {
    const identities = new Map([
      [role('1'), { accountId: '111111111111', arn: 'arn:aws:sts::111111111111:assumed-role/reader/x' }],
      [role('2'), { accountId: '222222222222', arn: 'arn:aws-cn:sts::222222222222:assumed-role/reader/x' }],
    ]);
    ports.identities.whoAmI = async ({ roleArn }: { readonly roleArn?: string | undefined } = {}) => {
      const found = identities.get(roleArn ?? '');
      if (found === undefined) throw new Error('an unknown role');
      return found;
    };
    await gather([
      bindingOf('production', { roleArn: role('2'), accountId: '222222222222' }),
      bindingOf('staging', { roleArn: role('1') }),
    ]);
    expect(ports.awsFacts.asked.map(({ vantage }) => vantage)).toEqual([
      {
        region: 'us-east-1',
        roleArn: role('2'),
        accountId: '222222222222',
        partition: 'aws-cn',
        environments: ['production'],
        global: true,
      },
      {
        region: 'us-east-1',
        roleArn: role('1'),
        accountId: '111111111111',
        partition: 'aws',
        environments: ['staging'],
        global: true,
      },
    ]);
  });

  it('has to be the account that the files pin (exit 7), and nothing is read otherwise', async () => {
    const failure = await failureOf(() => gather([PRODUCTION, bindingOf('staging', { accountId: '222222222222' })]));
    expect(failure).toMatchObject({ code: 'WrongAccount', exitCode: 7 });
    expect(failure.message).toContain(`AWS account ${ACCOUNT}`);
    expect(failure.message).toContain('"staging" lives in account 222222222222');
    expect(failure.nextSteps.join(' ')).toContain('assume_role_arn in /project/terraform/terraform.tfvars.staging');
    expect(ports.awsFacts.asked).toEqual([]);
  });

  it('has to be known: what STS says is the failure', async () => {
    ports.identities.failure = toolFailure('the AWS credentials have expired');
    expect(await failureOf(gather)).toBe(ports.identities.failure);
  });
});

describe('a state', () => {
  it.each([
    ['of version 3', '{"version": 3, "serial": 1, "modules": []}', 'version 3'],
    ['of version 5', '{"version": 5, "resources": []}', 'version 5'],
    ['that is cut off', '{"version": 4, "resources": [{"mode": "man', 'is not JSON'],
    ['that is garbage', 'garbage', 'is not JSON'],
    ['that is empty', '', 'is not JSON'],
    ['that is null', 'null', 'version null'],
    ['whose resources are none', '{"version": 4, "resources": {"a": 1}}', 'is not one that Terraform writes'],
  ])('%s leaves a gap that says so, and nothing passes for it', async (_, text, reason) => {
    stateText(text);
    const evidence = await gather();
    expect(evidence.unread).toEqual([
      {
        environments: ['staging'],
        areas: ['state'],
        action: 's3:GetObject',
        subject: 's3://mht-api-terraform-state-staging/staging/terraform.tfstate',
        reason: expect.stringContaining(reason),
      },
    ]);
    expect(evidence.environments.map(({ state }) => state === null)).toEqual([false, true]);
    const { verdict, checks } = judgeSeparation(evidence);
    expect(verdict).toBe('unproven');
    // The files alone say that.
    expect(checks.filter(({ status }) => status === 'pass').map(({ id }) => id)).toEqual(['configuration']);
  });

  it.each([
    ['without resources', '{"version": 4, "lineage": "x", "serial": 1}'],
    [
      'with instances without attributes',
      '{"version": 4, "resources": [{"mode": "managed", "type": "aws_x", "name": "y", "instances": [{}]}]}',
    ],
  ])('%s is a state like any other', async (_, text) => {
    stateText(text);
    expect((await gather()).unread).toEqual([]);
  });

  it('that is not there is no gap in what was read, and proves nothing', async () => {
    ports.stateStore.state = null;
    const evidence = await gather();
    expect(evidence.unread).toEqual([]);
    expect(judgeSeparation(evidence).verdict).toBe('unproven');
  });

  it('is not waited for after an interruption, and a bug is no gap', async () => {
    for (const failure of [interrupted('interrupted by SIGINT'), new TypeError('a bug')]) {
      ports.stateStore.readFailure = failure;
      await expect(gather()).rejects.toBe(failure);
    }
  });
});

describe('the inventory', () => {
  /** Lists one page of each query by a tag and then fails; null for a failure before any. */
  function failingAfter(page: readonly TaggedResource[] | null, failure: unknown): void {
    ports.inventory.pages = async function* (_where: unknown, query: TagQuery) {
      if (!('tag' in query) || query.tag !== 'Environment') return;
      if (page !== null) yield page;
      yield [];
      throw failure;
    };
  }

  it.each([
    ['in mid-page', [queue('a'), queue('b')], toolFailure('tag:GetResources failed: ThrottlingException')],
    ['before the first page', null, toolFailure('AWS denied tag:GetResources')],
    ['when the credentials expire', [queue('a')], expired],
  ])('that fails %s is kept as far as it came, and its gap leaves the checks open', async (_, page, failure) => {
    failingAfter(page, failure);
    const evidence = await gather();
    expect(evidence.inventory).toEqual(inventoryOf(page ?? []));
    expect(evidence.unread).toEqual([
      {
        environments: ['production', 'staging'],
        areas: ['tags'],
        action: 'tag:GetResources',
        subject: 'Environment = production or staging in us-east-1',
        reason: failure.message,
      },
    ]);
    const { checks } = judgeSeparation(evidence);
    expect(checks.find(({ id }) => id === 'environment-tags')?.status).toBe('unknown');
  });

  it('that is interrupted ends at once', async () => {
    const failure = interrupted('interrupted by SIGINT');
    failingAfter(null, failure);
    await expect(gather()).rejects.toBe(failure);
  });

  it('is asked for what is tagged with an environment or the project, and for what neither query listed', async () => {
    const asked: TagQuery[] = [];
    const { pages } = ports.inventory;
    ports.inventory.pages = (where, query) => {
      asked.push(query);
      return pages.call(ports.inventory, where, query);
    };
    ports.inventory.resources = [queue('listed')];
    const stateQueue = (name: string) => ({
      address: `aws_sqs_queue.${name}`,
      type: 'aws_sqs_queue',
      attributes: { arn: queue(name).arn, tags_all: {} },
    });
    ports.stateStore.state = stateOf({ instances: [stateQueue('listed'), stateQueue('bare')] });
    await gather();
    expect(asked).toEqual([
      { tag: 'Environment', values: ['production', 'staging'] },
      { tag: 'Project', values: ['mht-api'] },
      { arns: [queue('bare').arn] },
    ]);
  });
});

describe('where AWS is asked', () => {
  const asked = () =>
    ports.awsFacts.asked.map(({ vantage: { region, environments, global } }) => ({ region, environments, global }));

  it('is every region of the files and of the states, and what is everywhere the same from the first', async () => {
    const arn = `arn:aws:sqs:ap-south-1:${ACCOUNT}:q`;
    ports.stateStore.state = stateOf({ instances: [{ address: 'a.b', type: 'aws_sqs_queue', attributes: { arn } }] });
    await gather([
      bindingOf('production', { region: 'eu-west-1', backend: { region: 'eu-north-1' } }),
      bindingOf('staging', { region: 'us-east-1', backend: { region: 'us-east-1' } }),
    ]);
    expect(asked()).toEqual([
      { region: 'eu-west-1', environments: ['production', 'staging'], global: true },
      { region: 'eu-north-1', environments: ['production'], global: false },
      { region: 'us-east-1', environments: ['staging'], global: false },
      { region: 'ap-south-1', environments: ['staging'], global: false },
    ]);
  });

  it.each([
    ['of another account', 'arn:aws:sqs:ap-south-1:999999999999:q'],
    ['of no region', `arn:aws:iam::${ACCOUNT}:role/x`],
    ['that is none', 5],
  ])('is nowhere by an ARN %s', async (_, arn) => {
    ports.stateStore.state = stateOf({ instances: [{ address: 'a.b', type: 'aws_x', attributes: { arn } }] });
    await gather();
    expect(asked().map(({ region }) => region)).toEqual(['us-east-1']);
  });
});
