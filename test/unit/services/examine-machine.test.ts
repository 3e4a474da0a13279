import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Binding } from '../../../src/domain/environment.js';
import type { Finding } from '../../../src/domain/finding.js';
import { examineMachine } from '../../../src/services/examine-machine.js';
import { bindingOf, PROJECT, STAGING } from '../../fakes/bindings.js';
import { emulatorAt, fakePorts, toolFailure } from '../../fakes/ports.js';

const ENDPOINT = 'http://127.0.0.1:5005';

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
});

const examine = (nodeVersion = 'v20.20.2') => examineMachine(ports, nodeVersion);
const about = async (name: string): Promise<Finding | undefined> =>
  (await examine()).find((finding) => finding.name === name);

describe('the examination of a machine', () => {
  it('finds nothing amiss where all is well', async () => {
    const findings = await examine();
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(findings.map(({ name }) => name)).toEqual([
      'Node.js',
      'Terraform',
      'Provider mirror',
      'git',
      'Disk',
      'Surroundings',
      'Emulator',
      'production',
      'staging',
    ]);
  });

  it('gives a remedy for everything that is not well, and for nothing else', async () => {
    ports = fakePorts({ environment: { AWS_ENDPOINT_URL: ENDPOINT, TF_WORKSPACE: 'x' } });
    ports.toolchain.found = null;
    ports.repository.commit = null;
    ports.identities.failure = toolFailure('expired');
    for (const { status, remedy } of await examine('v18.0.0')) expect(remedy === null).toBe(status === 'ok');
  });

  it('never fails, whatever does', async () => {
    const broken = async (): Promise<never> => {
      throw toolFailure('broken');
    };
    const findings = await examineMachine(
      {
        ...ports,
        toolchain: { findTerraform: broken, terraform: broken, cliConfiguration: broken },
        repository: { describe: broken, checkOut: broken, removeCheckOut: broken },
        catalog: {
          names: broken,
          bind: broken,
          bindAll: broken,
          bindForComparison: broken,
          readBackend: broken,
          bindCheckout: broken,
        },
        emulator: { current: broken, start: broken, stop: broken },
      },
      'v20.20.2',
    );
    const problems = findings.filter(({ status }) => status === 'problem');
    expect(problems.map(({ name }) => name)).toEqual([
      'Terraform',
      'Provider mirror',
      'git',
      'Emulator',
      'Environments',
    ]);
    for (const problem of problems) expect(problem).toMatchObject({ detail: 'broken', remedy: 'try again' });
  });

  it('says what an old Node.js is and what is expected', async () => {
    expect((await examine('v18.20.0'))[0]).toMatchObject({
      name: 'Node.js',
      status: 'problem',
      detail: expect.stringMatching(/v18\.20\.0.*20\.12/),
    });
  });

  it('installs no Terraform, only says that it would be', async () => {
    ports.toolchain.found = null;
    expect(await about('Terraform')).toMatchObject({
      status: 'warning',
      remedy: expect.stringContaining('installs it'),
    });
  });

  it.each([
    [{}, /none of ours/],
    [{ TF_CLI_CONFIG_FILE: '/x/tfrc' }, /\/x\/tfrc/],
  ])('says which provider mirror is named: %j', async (configuration, said) => {
    ports.toolchain.configuration = configuration;
    expect((await about('Provider mirror'))?.detail).toMatch(said);
  });

  it.each([
    [[], 'main', '01234567 on main, clean'],
    [['a', 'b'], undefined, '01234567, 2 uncommitted'],
  ])('says what is not committed: %j', async (dirtyFiles, branch, detail) => {
    ports.repository.commit = { hash: '0123456789', branch, dirtyFiles };
    expect(await about('git')).toMatchObject({ status: 'ok', detail });
  });

  it('does not call a disk well on which no deployment begins', async () => {
    ports.workspace.free = 1024 * 1024;
    expect((await about('Disk'))?.status).not.toBe('ok');
  });

  it('names everything that would silently change a run', async () => {
    ports = fakePorts({ environment: { TF_VAR_x: '1' } });
    ports.workspace.names = ['x.auto.tfvars'];
    expect(await about('TF_VAR_x')).toMatchObject({ status: 'warning', remedy: 'unset TF_VAR_x' });
    expect(await about('x.auto.tfvars')).toMatchObject({
      status: 'warning',
      remedy: `rm ${PROJECT.configurationDir}/x.auto.tfvars`,
    });
  });

  it.each([
    [undefined, null, 'ok', 'not running'],
    [ENDPOINT, null, 'warning', ENDPOINT],
    [ENDPOINT, ENDPOINT, 'ok', 'in use'],
    [undefined, ENDPOINT, 'warning', 'not in use'],
    ['http://127.0.0.1:9', ENDPOINT, 'warning', 'not in use'],
  ])('with the endpoint %s and the emulator at %s: %s', async (endpoint, running, status, said) => {
    ports = fakePorts({ environment: { AWS_ENDPOINT_URL: endpoint } });
    ports.emulator.running = running === null ? null : emulatorAt(running);
    expect(await about('Emulator')).toMatchObject({ status, detail: expect.stringContaining(said) });
  });

  it.each<[string, Partial<Binding>, Finding['status'], string]>([
    ['the pinned account', {}, 'ok', 'arn:aws:iam::111111111111:user/ada'],
    ['another account', { accountId: '222222222222' }, 'problem', '222222222222'],
    ['no pinned account', { accountId: undefined }, 'warning', 'no account is pinned'],
  ])('judges the credentials against %s', async (_, parts, status, said) => {
    ports.catalog.bindings = [bindingOf('staging', parts)];
    expect(await about('staging')).toMatchObject({ status, detail: expect.stringContaining(said) });
  });

  it('says why one environment cannot be asked, and asks the others', async () => {
    ports.catalog.bindings = [STAGING, bindingOf('dev')];
    const source = ports.identities;
    const identities = {
      whoAmI: async (binding: Binding) => {
        if (binding.name === 'dev') throw toolFailure('expired');
        return source.identity;
      },
    };
    const findings = await examineMachine({ ...ports, identities }, 'v20.20.2');
    expect(findings.slice(-2)).toMatchObject([
      { name: 'staging', status: 'ok' },
      { name: 'dev', status: 'problem', detail: 'expired', remedy: 'try again' },
    ]);
  });
});
