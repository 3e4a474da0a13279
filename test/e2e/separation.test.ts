import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandLine, type Run } from './support/command-line.js';
import { type TemporaryProject, wholeProject } from './support/project.js';
import { OF_DATA, OF_KEYS } from './support/sabotages/of-data.js';
import { OF_NETWORKS } from './support/sabotages/of-networks.js';
import { OF_POLICIES } from './support/sabotages/of-policies.js';
import { OF_FILES, OF_STATES } from './support/sabotages/of-states.js';
import { OF_TAGS } from './support/sabotages/of-tags.js';
import { OF_TRAFFIC } from './support/sabotages/of-traffic.js';
import type { Sabotage } from './support/sabotages/sabotage.js';
import { World } from './support/sabotages/world.js';

/** The project's own two environments, on one emulator, separated and then not. */
let project: TemporaryProject;
let mhtctl: CommandLine;
let world: World;

interface Report {
  readonly verdict: string;
  readonly digest: string;
  readonly checks: readonly {
    readonly id: string;
    readonly status: string;
    readonly informational: boolean;
    readonly findings: readonly {
      readonly message: string;
      readonly evidence: readonly string[];
      readonly resource: string | null;
    }[];
    readonly gaps: readonly { readonly subject: string; readonly reason: string }[];
  }[];
  readonly coverage: Readonly<
    Record<
      string,
      {
        readonly inState: number;
        readonly checked: number;
        readonly uncheckable: readonly { readonly resource: string; readonly reason: string }[];
      }
    >
  >;
}

beforeAll(async () => {
  project = await wholeProject();
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  const deployed = await Promise.all(
    ['staging', 'production'].map(async (name) => {
      const bootstrap = await mhtctl.run(['bootstrap', name, '--confirm', name]);
      return bootstrap.exitCode === 0
        ? mhtctl.run(['deploy', name, '--confirm', name, '--skip-gate', 'both at once', '--json'])
        : bootstrap;
    }),
  );
  for (const { exitCode, stderr } of deployed) if (exitCode !== 0) throw new Error(stderr);
  world = await World.look(mhtctl);
}, 600_000);
afterAll(async () => {
  world.dispose();
  await mhtctl.stopEmulator();
  await project.dispose();
});

const verify = (...args: readonly string[]): Promise<Run> => mhtctl.run(['verify-separation', '--json', ...args]);
const reportOf = ({ stdout }: Run): Report => JSON.parse(stdout);
const failed = ({ checks }: Report) => checks.filter(({ status }) => status === 'fail').map(({ id }) => id);

describe('the two environments as they are deployed', () => {
  it('are separated: every check passes and nothing that matters is unknown', async () => {
    const run = await verify();
    const report = reportOf(run);
    expect(report.checks.flatMap(({ findings, informational }) => (informational ? [] : findings))).toEqual([]);
    expect(report.checks.flatMap(({ gaps }) => gaps)).toEqual([]);
    expect(report.verdict).toBe('separated');
    expect(run.exitCode).toBe(0);
  });

  it('are looked at resource by resource, except for what is in the state alone', async () => {
    const { coverage } = reportOf(await verify());
    for (const name of ['staging', 'production'] as const) {
      const managed = world[name].state.resources
        .filter(({ mode }) => mode === 'managed')
        .reduce((sum, { instances }) => sum + instances.length, 0);
      expect(coverage[name]).toEqual({
        inState: managed,
        checked: managed - 1,
        uncheckable: [
          { resource: 'module.compute.terraform_data.ami', reason: expect.stringContaining('state alone') },
        ],
      });
    }
  });
});

describe('verify-separation finds', () => {
  const sabotages = [
    ...OF_STATES,
    ...OF_FILES,
    ...OF_TAGS,
    ...OF_NETWORKS,
    ...OF_POLICIES,
    ...OF_KEYS,
    ...OF_DATA,
    ...OF_TRAFFIC,
  ];

  it.each(sabotages.map((sabotage): [string, Sabotage] => [sabotage.name, sabotage]))('%s', async (_, sabotage) => {
    const undo = await sabotage.commit({ project, mhtctl, world });
    let run: Run;
    try {
      run = await verify();
    } finally {
      await undo();
    }
    const report = reportOf(run);
    expect(failed(report)).toEqual([sabotage.rule]);
    const findings = report.checks.find(({ id }) => id === sabotage.rule)?.findings ?? [];
    const said = findings
      .map(({ message, evidence, resource }) => [message, resource, ...evidence].join('\n'))
      .join('\n');
    expect(said).toContain(sabotage.names(world));
    expect(report.verdict).toBe('violated');
    expect(run.exitCode).toBe(3);
  });

  it('nothing any more when all is undone', async () => {
    expect(reportOf(await verify()).verdict).toBe('separated');
  });
});

describe('the evidence', () => {
  it('is signed by a KMS key, and checked without it; a change of one word is found', async () => {
    const { KeyMetadata } = await world.aws.kms.send(
      new CreateKeyCommand({ KeyUsage: 'SIGN_VERIFY', KeySpec: 'ECC_NIST_P256' }),
    );
    const file = join(project.root, 'evidence.json');
    const kept = await mhtctl.run([
      'verify-separation',
      '--sign',
      KeyMetadata?.KeyId ?? '',
      '--format',
      'json',
      '--output',
      file,
    ]);
    expect(kept.exitCode).toBe(0);
    // Without an AWS to ask.
    const away = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const check = await mhtctl.run(['verify-separation', '--check', file, '--json'], away);
    expect(JSON.parse(check.stdout)).toMatchObject({ intact: true, signature: 'valid' });
    // AWS answers with the key's ARN, the emulator with its id.
    expect(JSON.parse(check.stdout).keyArn).toContain(KeyMetadata?.KeyId);
    expect(check.exitCode).toBe(0);

    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"verdict": "separated"', '"verdict": "violated"'));
    const changed = await mhtctl.run(['verify-separation', '--check', file], away);
    expect(changed.exitCode).toBe(3);
    expect(changed.stdout).toContain('was changed');
  });

  it.each([
    ['html', /^<!doctype html>/i],
    ['junit', /^<\?xml /],
    ['sarif', /"version": ?"2\.1\.0"/],
    ['json', /^\{/],
    ['text', /separated/],
  ])('is written as %s, and the text to the terminal', async (format, beginning) => {
    const file = join(project.root, `separation.${format}`);
    const { exitCode, stdout } = await mhtctl.run(['verify-separation', '--format', format, '--output', file]);
    expect(exitCode).toBe(0);
    expect(await readFile(file, 'utf8')).toMatch(beginning);
    expect(stdout).toContain('separated');
  });

  it("is summed up on GitHub's job page", async () => {
    const file = join(project.root, 'summary.md');
    await writeFile(file, 'before\n');
    await mhtctl.run(['verify-separation'], { GITHUB_STEP_SUMMARY: file });
    const summary = await readFile(file, 'utf8');
    expect(summary).toMatch(/^before\n/);
    expect(summary).toContain('separated');
  });
});

describe('what cannot be compared', () => {
  it.each([
    [['verify-separation', 'stagin'], 2, 'UnknownEnvironment'],
    [['verify-separation', '--check', 'no-such-file.json'], 2, 'FileMissing'],
    [['verify-separation', '--check', 'terraform/main.tf'], 2, 'NotAReport'],
    [['verify-separation', '--sign', 'alias/mht-api-staging'], 2, 'KeyCannotSign'],
  ])('%j ends with %i, %s', async (args, code, name) => {
    const { exitCode, stdout } = await mhtctl.run([...args, '--json']);
    expect([exitCode, JSON.parse(stdout).error.code]).toEqual([code, name]);
  });

  it('is unproven where a state cannot be read, and with --strict that ends with 3', async () => {
    const undo = await world.editState('staging', (state) => Object.assign(state, { version: 5 }));
    const [plain, strict] = [await verify(), await verify('--strict')];
    await undo();
    expect([plain.exitCode, strict.exitCode]).toEqual([0, 3]);
    expect(reportOf(plain).verdict).toBe('unproven');
    expect(
      reportOf(plain)
        .checks.flatMap(({ gaps }) => gaps.map(({ reason }) => reason))
        .join(),
    ).toContain('version 5');
  });
});

it('a protected environment is not deployed into a violation', async () => {
  await project.write('bridge.tf', BRIDGE);
  const flags = ['--confirm', 'production', '--skip-gate', 'the bridge is not committed'];
  const { exitCode, stdout } = await mhtctl.run(['deploy', 'production', ...flags, '--json']);
  await rm(join(project.configurationDir, 'bridge.tf'));
  expect(exitCode).toBe(3);
  const { error } = JSON.parse(stdout);
  expect(error.code).toBe('PlanForbidden');
  expect(error.message).toContain('10.1.0.0/16');
});

const BRIDGE = `
resource "aws_vpc_security_group_ingress_rule" "bridge" {
  security_group_id = module.security_groups.instance_security_group_id
  cidr_ipv4         = "10.1.0.0/16"
  ip_protocol       = "-1"

  tags = { Name = "\${var.project_name}-\${var.environment}-bridge" }
}
`;
