import { describe, expect, it } from '@jest/globals';
import type { Risk, RiskSeverity } from '../../../src/domain/plan-checks/rule.js';
import { type ConfirmOptions, confirmChange, refuseRisks } from '../../../src/services/confirm-change.js';
import { PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { FakePrompter } from '../../fakes/prompter.js';

const COMMAND = 'mhtctl deploy staging';
const risk = (severity: RiskSeverity, address: string | null): Risk => ({
  rule: 'rule',
  severity,
  address,
  message: `${severity} message`,
});
const QUEUE = `module.q["a"].aws_sqs_queue.this`;
const refuse = (risks: readonly Risk[], ...allowDestroy: readonly string[]) =>
  refuseRisks(risks, { binding: STAGING, allowDestroy, command: COMMAND });

describe('the risks of a plan', () => {
  it.each<[string, readonly Risk[], readonly string[]]>([
    ['none', [], []],
    ['only notices', [risk('notice', 'a'), risk('notice', null)], []],
    ['what was allowed by name', [risk('consent', QUEUE)], [QUEUE]],
    ['what was allowed, more than is needed', [risk('consent', QUEUE)], ['other', QUEUE]],
  ])('are accepted: %s', (_, risks, allowed) => {
    expect(() => refuse(risks, ...allowed)).not.toThrow();
  });

  it('that are forbidden are refused whatever is allowed, all of them told', async () => {
    const failure = await failureOf(() =>
      refuse([risk('forbidden', 'a'), risk('forbidden', null), risk('consent', 'b')], 'a', 'b'),
    );
    expect(failure).toMatchObject({ code: 'PlanForbidden', exitCode: 3 });
    expect(failure.message).toContain('  a: forbidden message\n  forbidden message');
    expect(failure.message).not.toContain('consent message');
  });

  it('are refused when somebody else was allowed', async () => {
    const failure = await failureOf(() => refuse([risk('consent', QUEUE), risk('consent', 'b')], 'b', `${QUEUE}[0]`));
    expect(failure).toMatchObject({ code: 'DestroyNotAllowed', exitCode: 4 });
    expect(failure.message).toContain(QUEUE);
    expect(failure.message).not.toContain('  b:');
    expect(failure.nextSteps).toEqual([
      `if it is meant: ${COMMAND} --allow-destroy 'b' --allow-destroy '${QUEUE}[0]' --allow-destroy '${QUEUE}'`,
    ]);
  });
});

describe('a change', () => {
  const confirm = (prompter: FakePrompter, parts: Partial<ConfirmOptions>) =>
    confirmChange(
      { prompter },
      {
        binding: PRODUCTION,
        action: 'Deploy',
        commandWith: (flag) => `mhtctl deploy production ${flag}`,
        yes: false,
        confirm: undefined,
        ...parts,
      },
    );
  const refusal = (prompter: FakePrompter, parts: Partial<ConfirmOptions> = {}) =>
    failureOf(() => confirm(prompter, parts));

  it('of a protected environment is confirmed by typing its name, blanks around it aside', async () => {
    const prompter = new FakePrompter(' production ');
    await confirm(prompter, { yes: true });
    expect(prompter.asked).toEqual([expect.stringContaining('Deploy production')]);
  });

  it.each(['', 'y', 'yes', 'staging', 'Production', 'production!', 'pro duction'])(
    'of a protected environment is declined by typing "%s"',
    async (typed) => {
      const failure = await refusal(new FakePrompter(typed));
      expect(failure).toMatchObject({ code: 'Declined', exitCode: 4 });
      expect(failure.message).toContain(typed === '' ? 'no name was typed' : `"${typed}"`);
      expect(failure.message).toContain('nothing was changed');
    },
  );

  it('of a protected environment is confirmed by its name as a flag, unasked', async () => {
    const prompter = new FakePrompter();
    await confirm(prompter, { confirm: 'production' });
    expect(prompter.asked).toEqual([]);
  });

  it('is declined by the name of another environment as a flag, unasked', async () => {
    const prompter = new FakePrompter('production');
    const failure = await refusal(prompter, { confirm: 'staging', yes: true });
    expect(failure).toMatchObject({ code: 'Declined', exitCode: 4 });
    expect(failure.message).toContain('"staging"');
    expect(prompter.asked).toEqual([]);
  });

  it.each([
    [PRODUCTION, true, 'mhtctl deploy production --confirm production'],
    [PRODUCTION, false, 'mhtctl deploy production --confirm production'],
    [STAGING, false, 'mhtctl deploy production --yes'],
  ])('without a terminal needs its flag', async (binding, yes, nextStep) => {
    const failure = await refusal(new FakePrompter(), { binding, yes });
    expect(failure).toMatchObject({ code: 'ConfirmationMissing', exitCode: 4, nextSteps: [nextStep] });
    expect(failure.message).toContain('nothing was changed');
    expect(failure.message.includes('protected')).toBe(binding === PRODUCTION);
  });

  it('of an unprotected environment takes y, or --yes unasked', async () => {
    await confirm(new FakePrompter(true), { binding: STAGING });
    const prompter = new FakePrompter(false);
    await confirm(prompter, { binding: STAGING, yes: true });
    expect(prompter.asked).toEqual([]);
  });

  it('of an unprotected environment is declined by anything else', async () => {
    expect(await refusal(new FakePrompter(false), { binding: STAGING })).toMatchObject({
      code: 'Declined',
      exitCode: 4,
    });
  });
});
