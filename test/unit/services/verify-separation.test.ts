import { beforeEach, describe, expect, it } from '@jest/globals';
import { isSeparationReport } from '../../../src/domain/separation/seal.js';
import { checkKeptReport } from '../../../src/services/check-kept-report.js';
import { verifySeparation } from '../../../src/services/verify-separation.js';
import { ACCOUNT, bindingOf, PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { deployedOf, PRODUCTION_PARTS, STAGING_PARTS } from '../../fakes/separated-environments.js';
import { relation } from '../../fakes/separation-evidence.js';

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
  const [staging, production] = [deployedOf(STAGING_PARTS), deployedOf(PRODUCTION_PARTS)];
  ports.stateStore.state = stateIn(staging);
  ports.stateStore.otherStates.set('production', stateIn(production));
  ports.awsFacts.facts = {
    resources: [...staging.live.resources, ...production.live.resources],
    relations: [...staging.live.relations, ...production.live.relations],
    policies: [...staging.live.policies, ...production.live.policies],
    listedTypes: staging.live.listedTypes,
  };
  ports.catalog.bindings = [
    { ...PRODUCTION, variableSources: sourceOf('production') },
    { ...STAGING, variableSources: sourceOf('staging') },
  ];
});

function stateIn({ environment }: ReturnType<typeof deployedOf>) {
  if (environment.state === null) throw new Error('there is no state');
  return environment.state.state;
}

function sourceOf(name: string) {
  const location = { file: `terraform/terraform.tfvars.${name}`, line: 3, column: 1 };
  return { environment: { name: 'environment', value: name, location } };
}

const verify = (environments: readonly string[] = [], signingKey?: string) =>
  verifySeparation(ports, { environments, signingKey });

describe('the report of two environments that share nothing', () => {
  it('says so, of whom, when, of which commit and of which states', async () => {
    const { verdict, environments, provenance, digest, signature } = await verify();
    expect([verdict, environments]).toEqual(['separated', ['production', 'staging']]);
    expect(provenance).toMatchObject({
      gatheredAt: ports.clock.now().toISOString(),
      commit: { hash: '0123456789abcdef0123456789abcdef01234567', dirty: false },
    });
    const staging = provenance.environments['staging'];
    expect(staging).toMatchObject({
      identity: { accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/ada` },
      region: 'us-east-1',
      location: { file: 'terraform/terraform.tfvars.staging', line: 3, column: 1 },
      state: {
        location: 's3://mht-api-terraform-state-staging/staging/terraform.tfstate',
        serial: 7,
        versionId: 'v1',
        digest: 'sha256:0',
      },
    });
    expect(staging?.state?.types).toMatchObject({ aws_subnet: 4, aws_vpc: 1 });
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(signature).toBeUndefined();
    expect(ports.progress.heard('Look at production, staging', 'result')).toEqual([
      expect.stringMatching(/^\d+ resources, \d+ connections$/),
    ]);
  });

  it('is judged from uncommitted files, or outside a repository, and says so', async () => {
    ports.repository.commit = { hash: 'f'.repeat(40), branch: 'main', dirtyFiles: ['main.tf'] };
    expect((await verify()).provenance.commit).toEqual({ hash: 'f'.repeat(40), dirty: true });
    ports.repository.commit = null;
    expect((await verify()).provenance.commit).toBeNull();
  });

  it('changes nothing', async () => {
    await verify();
    const changing = ports.journal.filter((call) => !/^(identities|stateStore)\.(whoAmI|readStateObject)$/.test(call));
    expect(changing).toEqual([]);
  });

  it('has no state where there is none, and is no proof', async () => {
    ports.stateStore.state = null;
    const { verdict, provenance } = await verify();
    expect(verdict).toBe('unproven');
    expect(provenance.environments['staging']?.state).toBeNull();
  });

  it('is signed over its digest when that is asked for', async () => {
    const { digest, signature } = await verify([], 'alias/separation');
    expect(signature).toEqual({
      keyArn: 'alias/separation',
      algorithm: 'FAKE',
      publicKey: 'PEM',
      value: `signed ${digest}`,
    });
  });
});

describe('the environments that are compared', () => {
  const peering = relation('peering', 'vpc-50000000000000002', 'vpc-90000000000000002', { through: 'pcx-1' });
  const QA = bindingOf('qa');

  beforeEach(() => {
    ports.catalog.bindings = [PRODUCTION, QA, STAGING];
    ports.awsFacts.facts = { ...ports.awsFacts.facts, relations: [...ports.awsFacts.facts.relations, peering] };
  });

  it.each<[string, readonly string[], readonly string[], number]>([
    ['all, where none is named', [], ['production', 'qa', 'staging'], 3],
    ['those that are named', ['staging', 'production'], ['production', 'staging'], 1],
    ['one with every other, where one is named', ['qa'], ['production', 'qa', 'staging'], 2],
    ['one with every other, where one is named twice', ['qa', 'qa'], ['production', 'qa', 'staging'], 2],
  ])('are %s', async (_, wanted, environments, pairs) => {
    const report = await verify(wanted);
    expect(report.environments).toEqual(environments);
    expect(report.checks[0]?.pairs).toHaveLength(pairs);
  });

  it('are judged by what they have to do with the one that is named', async () => {
    const verdictOf = async (name: string) =>
      (await verify([name])).checks.find(({ id }) => id === 'network')?.findings.length;
    expect([await verdictOf('qa'), await verdictOf('staging')]).toEqual([0, 1]);
  });

  it('are two at least (exit 2)', async () => {
    ports.catalog.bindings = [STAGING];
    const failure = await failureOf(verify);
    expect(failure).toMatchObject({ code: 'NothingToCompare', exitCode: 2 });
    expect(failure.message).toContain('"staging"');
    expect(ports.journal).toEqual([]);
  });

  it.each([[['stagign']], [['staging', 'stagign']]])('are known (exit 2): %j', async (wanted) => {
    expect(await failureOf(() => verify(wanted))).toMatchObject({ code: 'UnknownEnvironment', exitCode: 2 });
    expect(ports.awsFacts.asked).toEqual([]);
  });
});

describe('a verification', () => {
  it('that is interrupted ends at once (exit 130), whatever AWS is doing', async () => {
    ports.awsFacts.read = () => new Promise(() => undefined);
    const ended = failureOf(verify);
    ports.interruption.interrupt();
    expect(await ended).toMatchObject({ exitCode: 130 });
  });

  it('whose key does not sign fails as the keeper says', async () => {
    const denied = toolFailure('AWS denied kms:Sign on alias/x');
    ports.signer.sign = async () => {
      throw denied;
    };
    expect(await failureOf(() => verify([], 'alias/x'))).toBe(denied);
  });
});

describe('a report that was kept', () => {
  const FILE = '/somewhere/evidence.json';
  const check = () => checkKeptReport(ports, FILE);

  it('is intact, and not when a byte of it was changed', async () => {
    const report = await verify();
    ports.workspace.files.set(FILE, JSON.stringify(report, null, 2));
    expect(await check()).toEqual({
      intact: true,
      digest: { stated: report.digest, computed: report.digest },
      signature: 'unsigned',
      keyArn: null,
      keyFingerprint: null,
    });
    ports.workspace.files.set(FILE, JSON.stringify({ ...report, verdict: 'violated' }));
    expect(await check()).toMatchObject({ intact: false });
  });

  it.each([
    ['no JSON', 'separated'],
    ['cut off', '{"environments": ["staging'],
    ['empty', ''],
    ['JSON of something else', '{"verdict": "separated"}'],
    ['a list', '[]'],
    ['null', 'null'],
    [
      'a report with half a signature',
      '{"digest":"x","verdict":"separated","checks":[],"environments":[],"signature":{}}',
    ],
    [
      'a report with a signature that is none',
      '{"digest":"x","verdict":"y","checks":[],"environments":[],"signature":null}',
    ],
  ])('is refused when it is %s (exit 2)', async (_, text) => {
    ports.workspace.files.set(FILE, text);
    const failure = await failureOf(check);
    expect(failure).toMatchObject({ code: 'NotAReport', exitCode: 2 });
    expect(failure.message).toContain(FILE);
  });

  it('has to be there (exit 2)', async () => {
    expect(await failureOf(check)).toMatchObject({ code: 'FileMissing', exitCode: 2 });
  });

  it('is known by what it must have', async () => {
    expect(isSeparationReport(await verify())).toBe(true);
    for (const value of [undefined, 5, 'x', {}, { digest: 5, verdict: 'x', checks: [], environments: [] }])
      expect(isSeparationReport(value)).toBe(false);
  });
});
