import type { Backend, Binding } from '../../src/domain/environment.js';

/** A backend with a bucket, a key and a lock table of its own. */
export function backendOf(name: string, changes: Partial<Backend> = {}): Backend {
  return {
    bucket: `acme-state-${name}`,
    key: `${name}/terraform.tfstate`,
    region: 'us-east-1',
    lockTable: `acme-locks-${name}`,
    useLockfile: true,
    allowedAccountIds: [],
    roleArn: undefined,
    kmsKeyId: undefined,
    ...changes,
  };
}

/** The binding of an environment whose files nothing reads. */
export function bindingOf(name: string, changes: Partial<Binding> = {}): Binding {
  return {
    name,
    configurationDir: '/nowhere',
    variablesFile: `/nowhere/terraform.tfvars.${name}`,
    backendFile: `/nowhere/backend-${name}.tfbackend`,
    dataDir: `/nowhere/data/${name}`,
    workDir: `/nowhere/work/${name}`,
    backend: backendOf(name),
    variables: { environment: name, project_name: 'acme' },
    variableSources: {},
    accountId: undefined,
    region: 'us-east-1',
    roleArn: undefined,
    policy: {
      protected: false,
      promotedFrom: undefined,
      promotedAfterMinutes: 0,
      onUnhealthy: 'offer',
      destroyable: true,
      offHours: true,
      costLimit: undefined,
      health: { path: '/health', url: undefined, deadlineSeconds: 1, intervalSeconds: 1 },
    },
    ...changes,
  };
}
