import { describe, expect, it } from '@jest/globals';
import { attachedEnvironment, terraformEnvironment } from '../../../../src/adapters/terraform/child-environment.js';
import { STAGING } from '../../../fakes/bindings.js';

const environment = (caller: NodeJS.ProcessEnv, configuration: Record<string, string> = {}) =>
  terraformEnvironment(STAGING, caller, configuration);

describe("Terraform's environment", () => {
  it('has the data directory of the environment, and asks and reports nothing', () => {
    expect(environment({})).toEqual({
      GOGC: '200',
      TF_DATA_DIR: STAGING.dataDir,
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      CHECKPOINT_DISABLE: '1',
    });
  });

  it.each(['TF_WORKSPACE', 'TF_CLI_ARGS', 'TF_CLI_ARGS_plan', 'TF_CLI_ARGS_apply'])('withholds %s', (name) => {
    expect(environment({ [name]: 'bent' })).not.toHaveProperty(name);
  });

  it.each(['TF_DATA_DIR', 'TF_INPUT', 'CHECKPOINT_DISABLE'])("takes no other's %s", (name) => {
    expect(environment({ [name]: 'bent' })[name]).toBe(environment({})[name]);
  });

  it('passes everything else on', () => {
    const caller = {
      PATH: '/bin',
      AWS_PROFILE: 'ada',
      TF_LOG: 'trace',
      TF_VAR_x: '1',
      TF_CLI_ARGSX: 'x',
      TF_WORKSPACES: 'x',
      TF_PLUGIN_CACHE_DIR: '/cache',
    };
    expect(environment(caller)).toMatchObject(caller);
  });

  it('leaves how often Go collects to a caller who has said it', () => {
    expect(environment({ GOGC: '50' })['GOGC']).toBe('50');
  });

  it('has the CLI configuration that names the mirror', () => {
    expect(environment({ TF_CLI_CONFIG_FILE: '/old' }, { TF_CLI_CONFIG_FILE: '/new' })['TF_CLI_CONFIG_FILE']).toBe(
      '/new',
    );
    expect(environment({ TF_CLI_CONFIG_FILE: '/own' })['TF_CLI_CONFIG_FILE']).toBe('/own');
  });

  it('leaves the environment of the caller as it is', () => {
    const caller = { TF_WORKSPACE: 'x' };
    environment(caller);
    expect(caller).toEqual({ TF_WORKSPACE: 'x' });
  });
});

describe("Terraform's environment at the caller's terminal", () => {
  const attached = (caller: NodeJS.ProcessEnv, terminal: boolean) => attachedEnvironment(STAGING, caller, {}, terminal);

  it('lets Terraform ask', () => {
    expect(attached({ TF_INPUT: '0' }, true)).not.toHaveProperty('TF_INPUT');
  });

  it.each([{}, { NO_COLOR: '' }])('has colours at a terminal: %j', (caller) => {
    expect(attached(caller, true)).not.toHaveProperty('TF_CLI_ARGS');
  });

  it.each<[string, NodeJS.ProcessEnv, boolean]>([
    ['where the output goes elsewhere', {}, false],
    ['with NO_COLOR', { NO_COLOR: '1' }, true],
  ])('has none %s', (_, caller, terminal) => {
    expect(attached({ ...caller, TF_CLI_ARGS: '-bent' }, terminal)['TF_CLI_ARGS']).toBe('-no-color');
  });
});
