import { beforeEach, describe, expect, it } from '@jest/globals';
import { type RunTerraformOptions, runTerraform } from '../../../src/services/run-terraform.js';
import { PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { planFileOf } from '../../fakes/plans.js';
import { fakePorts } from '../../fakes/ports.js';
import { FakePrompter } from '../../fakes/prompter.js';

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
});

const run = (args: readonly string[], parts: Partial<RunTerraformOptions> = {}) =>
  runTerraform(ports, { binding: STAGING, args, confirm: undefined, yes: false, ...parts });
const refusal = (...parts: Parameters<typeof run>) => failureOf(() => run(...parts));

describe('Terraform bound to an environment', () => {
  it('runs after the checks of a deployment', async () => {
    await run(['state', 'list']);
    expect(ports.journal).toEqual([
      'terraform.version',
      'identities.whoAmI',
      'terraform.initialise',
      'terraform.passThrough',
    ]);
    expect(ports.terraform.passed).toEqual([['state', 'list']]);
  });

  it('asks nothing where nothing can change', async () => {
    ports = fakePorts({ prompter: new FakePrompter(false) });
    await run(['plan'], { binding: PRODUCTION });
    expect(ports.prompter.asked).toEqual([]);
    expect(ports.terraform.passed).toHaveLength(1);
  });

  it('asks before it changes something, and shows what', async () => {
    ports = fakePorts({ prompter: new FakePrompter('production') });
    await run(['state', 'rm', 'aws_sqs_queue.this'], { binding: PRODUCTION });
    expect(ports.prompter.asked).toEqual([
      expect.stringContaining('"terraform state rm aws_sqs_queue.this" in production'),
    ]);
    expect(ports.terraform.passed).toHaveLength(1);
  });

  it.each([
    ['declined', new FakePrompter('no'), PRODUCTION],
    ['declined', new FakePrompter(false), STAGING],
    ['not asked', new FakePrompter(), PRODUCTION],
  ])('does not run when it is %s', async (_, prompter, binding) => {
    ports = fakePorts({ prompter });
    expect(await refusal(['destroy'], { binding })).toMatchObject({ exitCode: 4 });
    expect(ports.terraform.passed).toEqual([]);
  });

  it('says the whole command to paste when a flag was missing', async () => {
    const { nextSteps } = await refusal(['state', 'rm', 'aws_sqs_queue.this'], { binding: PRODUCTION, yes: true });
    expect(nextSteps).toEqual(['mhtctl terraform production --confirm production -- state rm aws_sqs_queue.this']);
  });

  it('does not run with what would silently change it, nor in another account', async () => {
    ports = fakePorts({ environment: { TF_VAR_x: '1' } });
    expect(await refusal(['plan'], { binding: PRODUCTION })).toMatchObject({ code: 'SilentInfluences', exitCode: 2 });
    ports = fakePorts();
    ports.identities.identity = { accountId: '222222222222', arn: 'arn:x' };
    expect(await refusal(['plan'])).toMatchObject({ code: 'WrongAccount', exitCode: 7 });
    expect(ports.terraform.passed).toEqual([]);
  });

  it.each([1, 2, 255])('that ends with %d fails with our own code and says its own', async (code) => {
    ports.terraform.exitCode = code;
    const failure = await refusal(['plan', '-detailed-exitcode']);
    expect(failure).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
    expect(failure.message).toContain(`ended with code ${code}`);
  });

  it('never applies a saved plan of another environment', async () => {
    ports.terraform.planFile = planFileOf(PRODUCTION);
    expect(await refusal(['apply', 'production.tfplan'], { yes: true })).toMatchObject({ exitCode: 3 });
    expect(ports.terraform.passed).toEqual([]);
  });

  it('applies a saved plan of its own', async () => {
    await run(['apply', 'staging.tfplan'], { yes: true });
    expect(ports.terraform.passed).toHaveLength(1);
  });
});
