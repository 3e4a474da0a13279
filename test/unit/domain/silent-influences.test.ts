import { describe, expect, it } from '@jest/globals';
import { silentInfluences } from '../../../src/domain/silent-influences.js';

const names = (variables: Readonly<Record<string, string>>, files: readonly string[] = []) =>
  silentInfluences(variables, files).map(({ kind, name }) => `${kind} ${name}`);

describe('silent influences', () => {
  it.each(['TF_WORKSPACE', 'TF_VAR_environment', 'TF_VAR_', 'TF_CLI_ARGS', 'TF_CLI_ARGS_plan', 'TF_DATA_DIR'])(
    'include the variable %s',
    (name) => {
      expect(names({ [name]: 'x' })).toEqual([`variable ${name}`]);
    },
  );

  it.each([
    'AWS_PROFILE',
    'TF_LOG',
    'TF_CLI_CONFIG_FILE',
    'TF_PLUGIN_CACHE_DIR',
    'TF_WORKSPACES',
    'TF_CLI_ARGSX',
    'TF_DATA_DIRECTORY',
    'MY_TF_VAR_x',
    'tf_workspace',
  ])('do not include the variable %s', (name) => {
    expect(names({ [name]: 'x' })).toEqual([]);
  });

  it.each(['terraform.tfvars', 'terraform.tfvars.json', 'x.auto.tfvars', 'x.auto.tfvars.json', '.auto.tfvars'])(
    'include the file %s',
    (file) => {
      expect(names({}, [file])).toEqual([`file ${file}`]);
    },
  );

  it.each(['override.tf', 'override.tf.json', 'x_override.tf', 'x_override.tf.json', '_override.tf'])(
    'include the file %s, which overrides',
    (file) => {
      expect(silentInfluences({}, [file])).toEqual([
        { kind: 'file', name: file, effect: expect.stringContaining('overrides the configuration') },
      ]);
    },
  );

  it.each(['TF_WORKSPACE', 'TF_CLI_ARGS', 'TF_CLI_ARGS_plan', 'TF_DATA_DIR'])(
    'say of %s that it stays here',
    (name) => {
      expect(silentInfluences({ [name]: 'x' }, [])[0]?.effect).toMatch(/; mhtctl does not pass it on$/);
    },
  );

  it('say of TF_VAR_x that it reaches Terraform', () => {
    expect(silentInfluences({ TF_VAR_x: '1' }, [])[0]?.effect).not.toContain('not pass');
  });

  it.each([
    'xoverride.tf',
    'override.tf.bak',
    'override_x.tf',
    '.x_override.tf',
    'terraform.tfvars.staging',
    'terraform.tfvars.production',
    'my-terraform.tfvars',
    'staging.tfvars',
    'x.auto.tfvars.bak',
    'xauto.tfvars',
    'main.tf',
  ])('do not include the file %s', (file) => {
    expect(names({}, [file])).toEqual([]);
  });

  it('are all listed, sorted, variables first, each with its effect', () => {
    const found = silentInfluences({ TF_WORKSPACE: 'x', PATH: '/bin', TF_VAR_b: '1', TF_CLI_ARGS: '-lock=false' }, [
      'z.auto.tfvars',
      'main.tf',
      'a.auto.tfvars',
    ]);
    expect(found.map(({ name }) => name)).toEqual([
      'TF_CLI_ARGS',
      'TF_VAR_b',
      'TF_WORKSPACE',
      'a.auto.tfvars',
      'z.auto.tfvars',
    ]);
    expect(found.map(({ effect }) => effect)).toEqual([
      expect.stringContaining('arguments'),
      expect.stringContaining('variable'),
      expect.stringContaining('workspace'),
      expect.stringContaining('loaded by Terraform'),
      expect.stringContaining('loaded by Terraform'),
    ]);
  });
});
