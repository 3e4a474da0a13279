import { describe, expect, it } from '@jest/globals';
import { applicationVariables } from '../../../src/domain/application-variables.js';
import type { Json } from '../../../src/domain/plan.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { stateOf, stateWithOutputs } from '../../fakes/states.js';

const stateWith = (value: Json, sensitive = false) =>
  stateOf({ outputs: { application_environment: { value, sensitive } } });
const valuesOf = (value: Json) => applicationVariables(stateWith(value), STAGING, false).values;
const failureFor = (...args: Parameters<typeof applicationVariables>) => failureOf(() => applicationVariables(...args));

describe("the application's variables", () => {
  it('are what the output says, and not what names would suggest', () => {
    const values = { ENVIRONMENT: 'staging', S3_BUCKET: 'another-bucket', FEEDBACK_QUEUE_URL: 'https://sqs/1/q.fifo' };
    expect(applicationVariables(stateWith(values), STAGING, false)).toEqual({ values, sensitive: false });
  });

  it('are texts, whatever type Terraform gave them; what is null is not set', () => {
    expect(valuesOf({ PORT: 8080, DEBUG: false, GONE: null, EMPTY: '' })).toEqual({
      PORT: '8080',
      DEBUG: 'false',
      EMPTY: '',
    });
  });

  it('may have a name that JavaScript takes for something else', () => {
    const values = valuesOf(JSON.parse('{"__proto__": "a", "constructor": "b"}'));
    expect(Object.entries(values)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  it.each([
    ['no name', { '': 'x' }, '""'],
    ['a command in a name', { 'A=$(id)': 'x' }, '"A=$(id)"'],
    ['a dash in a name', { 'MY-URL': 'x' }, '"MY-URL"'],
    ['a digit at the beginning', { '1ST': 'x' }, '"1ST"'],
    ['a list for a value', { LIST: ['x'] }, 'a value of LIST'],
    ['a NUL', { TEXT: 'a\0b' }, 'NUL in the value of TEXT'],
    ['a list of all', ['x'], 'is no map'],
    ['a text for all', 'x', 'is no map'],
    ['nothing for all', null, 'is no map'],
  ] as const)('are refused with %s', async (_, value, said) => {
    const failure = await failureFor(stateWith(value as Json), STAGING, false);
    expect(failure).toMatchObject({ code: 'VariablesUnusable', exitCode: 5 });
    expect(failure.message).toContain(said);
    expect(failure.nextSteps.join()).toContain('mhtctl deploy staging');
  });

  it('are told only on demand where their output is sensitive', async () => {
    const state = stateWith({ TOKEN: 'hush' }, true);
    const failure = await failureFor(state, STAGING, false);
    expect(failure).toMatchObject({ code: 'SensitiveVariables', exitCode: 4 });
    expect(failure.message).not.toContain('hush');
    expect(failure.nextSteps).toEqual(['mhtctl env staging --reveal']);
    expect(applicationVariables(state, STAGING, true)).toEqual({ values: { TOKEN: 'hush' }, sensitive: true });
  });

  it.each([
    ['NeverDeployed', null, 's3://mht-api-terraform-state-staging/staging/terraform.tfstate'],
    ['VariablesMissing', stateOf(), 'has no output application_environment'],
  ])('are missing, with what to do: %s', async (code, state, said) => {
    const failure = await failureFor(state, STAGING, true);
    expect(failure).toMatchObject({ code, exitCode: 3, nextSteps: ['mhtctl deploy staging'] });
    expect(failure.message).toContain(said);
  });

  it("are never taken from another environment's state", async () => {
    const state = stateWithOutputs({
      environment: 'production',
      application_environment: { ENVIRONMENT: 'production' },
    });
    const failure = await failureFor(state, STAGING, true);
    expect(failure).toMatchObject({ code: 'ForeignState', exitCode: 3 });
    expect(failure.message).toContain('"production", not of "staging"');
  });
});
