import type { Binding } from '../../src/domain/environment.js';
import type { OutputChange, Plan, PlanFile, ResourceChange } from '../../src/domain/plan.js';
import type { PreparedDeployment } from '../../src/domain/prepared-deployment.js';
import { STAGING } from './bindings.js';

/** When the fake clock starts; plans are made then. */
export const NOW = new Date('2026-11-23T10:00:00.000Z');

/** The lineage of every state and plan that says no other. */
export const LINEAGE = 'b6a4ac35-6d3a-0c9f-8a4e-1f5b3f0c7d21';

/** A creation of a resource at that address, unless it is told to be something else. */
export function changeOf(address: string, parts: Partial<ResourceChange> = {}): ResourceChange {
  return {
    address,
    type: /([a-z0-9_]+)\.[^.]+$/.exec(address)?.[1] ?? '',
    actions: ['create'],
    before: null,
    after: {},
    afterUnknown: {},
    beforeSensitive: false,
    afterSensitive: false,
    reasons: [],
    previousAddress: undefined,
    importId: undefined,
    ...parts,
  };
}

/** A change of an output. */
export function outputChangeOf(name: string, parts: Partial<OutputChange> = {}): OutputChange {
  return { name, actions: ['update'], after: 'new', sensitive: false, ...parts };
}

/** The plan of an environment that makes these changes. */
export function planOf(changes: readonly ResourceChange[], parts: Partial<Plan> = {}): Plan {
  return {
    environment: 'staging',
    region: undefined,
    terraformVersion: '1.11.4',
    changes,
    unchanged: [],
    outputChanges: [],
    drift: [],
    ...parts,
  };
}

/** What a plan file of the environment says of itself. */
export function planFileOf(binding: Binding, parts: Partial<PlanFile> = {}): PlanFile {
  const { bucket, key, region } = binding.backend;
  return {
    backend: { type: 's3', bucket, key, region },
    workspace: 'default',
    variables: { environment: binding.name },
    lineage: LINEAGE,
    serial: 7,
    createdAt: NOW,
    terraformVersion: '1.11.4',
    ...parts,
  };
}

/** A prepared deployment of staging that creates a queue. */
export function preparedOf(parts: Partial<PreparedDeployment> = {}): PreparedDeployment {
  return {
    id: '20261123T100000Z-0a1b2c',
    operation: 'deploy',
    startedAt: NOW,
    binding: STAGING,
    origin: 'ada@laptop',
    stateVersionId: 'v0',
    inputs: {
      variables: { digest: 'sha256:2', text: 'environment = "staging"\n' },
      lockFile: { digest: 'sha256:3', providers: { 'registry.terraform.io/hashicorp/aws': '5.100.0' } },
      terraformVersion: '1.11.4',
    },
    about: {},
    release: async () => undefined,
    identity: { accountId: '111111111111', arn: 'arn:aws:iam::111111111111:user/ada' },
    commit: { hash: '0123456789abcdef0123456789abcdef01234567', branch: 'main', dirtyFiles: [] },
    state: null,
    planFile: `${STAGING.workDir}/plans/20261123T100000Z-0a1b2c.tfplan`,
    plan: planOf([changeOf('aws_sqs_queue.this')]),
    hasChanges: true,
    digest: 'sha256:1',
    summary: { create: 1, update: 0, delete: 0, replace: 0 },
    risks: [],
    cost: null,
    ...parts,
  };
}
