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

  it.each([
    [['plan', '-var', 'environment=production'], 'environment'],
    [['plan', '-var=environment=production'], 'environment'],
    [['apply', '--var=aws_region=eu-west-1'], 'aws_region'],
    [['refresh', '--var', 'aws_account_id=222222222222'], 'aws_account_id'],
    [['destroy', '-var', 'x=1', '-var', ' project_name = other'], 'project_name'],
  ])('never takes a variable that says which environment it is: %j', async (args, name) => {
    const failure = await refusal(args, { yes: true });
    expect(failure).toMatchObject({ code: 'ForeignArgument', exitCode: 2 });
    expect(failure.message).toContain(`${name} `);
    expect(failure.message).toContain(STAGING.variablesFile);
    expect(ports.journal).toEqual([]);
  });

  it('takes other variables', async () => {
    await run(['plan', '-var', 'content=environment=production', '-var=environment_note=x']);
    expect(ports.terraform.passed).toHaveLength(1);
  });

  it.each([
    '-backend-config=other.tfbackend',
    '-backend-config other.tfbackend',
    '--backend-config=bucket=b',
    '-reconfigure',
    '-backend=false',
    '--backend=0',
  ])('never initialises for another state: init %s', async (flags) => {
    const failure = await refusal(['init', '-upgrade', ...flags.split(' ')], { yes: true });
    expect(failure).toMatchObject({ code: 'ForeignArgument', exitCode: 2 });
    expect(failure.nextSteps).toEqual(['leave it out: mhtctl terraform staging -- init -upgrade']);
    expect(ports.journal).toEqual([]);
  });

  it('initialises again where that leads nowhere else', async () => {
    await run(['init', '-upgrade', '-backend=true']);
    expect(ports.terraform.passed).toHaveLength(1);
  });

  it.each([
    [['-chdir=elsewhere', 'plan'], 'leave it out: mhtctl terraform staging -- plan'],
    [
      ['plan', '-var', 'environment=production', '-lock=false'],
      'leave it out: mhtctl terraform staging -- plan -lock=false',
    ],
    [['plan', `-var-file=${PRODUCTION.variablesFile}`], 'mhtctl terraform production -- plan'],
    [['plan', '-var-file', PRODUCTION.variablesFile], 'mhtctl terraform production -- plan'],
  ])('says what to run in place of %j', async (args, step) => {
    expect(await refusal(args)).toMatchObject({ code: 'ForeignArgument', nextSteps: [step] });
  });

  it('applies a saved plan of its own', async () => {
    await run(['apply', 'staging.tfplan'], { yes: true });
    expect(ports.terraform.passed).toHaveLength(1);
  });
});
