import { defaultPolicy } from '../../src/domain/binding/policy.js';
import type { Backend, Binding, Policy, Project } from '../../src/domain/environment.js';

/** What a test says about a binding; the rest is as the reference has it. */
export interface BindingParts extends Partial<Omit<Binding, 'name' | 'backend' | 'policy'>> {
  readonly backend?: Partial<Backend>;
  readonly policy?: Partial<Policy>;
}

export const PROJECT: Project = {
  root: '/project',
  configurationDir: '/project/terraform',
  privateDir: '/project/.mhtctl',
};

/** The account that staging and production are pinned to. */
export const ACCOUNT = '111111111111';

/** The binding of an environment of that name, with the reference's names. */
export function bindingOf(name: string, { backend, policy, ...parts }: BindingParts = {}): Binding {
  return {
    name,
    configurationDir: PROJECT.configurationDir,
    variablesFile: `${PROJECT.configurationDir}/terraform.tfvars.${name}`,
    backendFile: `${PROJECT.configurationDir}/backend-${name}.tfbackend`,
    dataDir: `${PROJECT.privateDir}/environments/${name}/terraform`,
    workDir: `${PROJECT.privateDir}/environments/${name}`,
    backend: {
      bucket: `mht-api-terraform-state-${name}`,
      key: `${name}/terraform.tfstate`,
      region: 'us-east-1',
      lockTable: `mht-api-terraform-locks-${name}`,
      useLockfile: true,
      allowedAccountIds: [],
      roleArn: undefined,
      kmsKeyId: undefined,
      ...backend,
    },
    variables: { environment: name, project_name: 'mht-api', dns_name: `${name}.api.example.com` },
    variableSources: {},
    accountId: ACCOUNT,
    region: 'us-east-1',
    roleArn: undefined,
    policy: { ...defaultPolicy(name), ...policy },
    ...parts,
  };
}

export const STAGING = bindingOf('staging');

/** Protected, and its address is what staging's ends with. */
export const PRODUCTION = bindingOf('production', {
  variables: { environment: 'production', project_name: 'mht-api', dns_name: 'api.example.com' },
});
