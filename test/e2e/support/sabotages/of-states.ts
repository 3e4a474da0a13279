import type { Sabotage } from './sabotage.js';
import type { RawState, World } from './world.js';

/** The resource of a state with a given type and name, to be changed or copied. */
function entry(state: RawState, type: string, name: string): RawState['resources'][number] {
  const found = state.resources.find((resource) => resource.type === type && resource.name === name);
  if (found === undefined) throw new Error(`there is no ${type}.${name}`);
  return found;
}

function attributes(state: RawState, type: string, name: string): Record<string, unknown> {
  const found = entry(state, type, name).instances[0]?.attributes;
  if (found === undefined) throw new Error(`${type}.${name} has no instance`);
  return found;
}

/** Copies a resource of production's state into staging's. */
const copied = (type: string, name: string) => (world: World) =>
  world.editState('staging', (state) => {
    state.resources.push({ ...entry(world.production.state, type, name), module: 'module.copied' });
  });

/** Sabotages of states and of what the files say of them. */
export const OF_STATES: readonly Sabotage[] = [
  {
    name: 'one lineage in both states',
    rule: 'backends',
    names: ({ production }) => production.state.lineage,
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        state.lineage = world.production.state.lineage;
      }),
  },
  {
    name: "production's whole state in staging's place",
    rule: 'backends',
    names: () => 'the state of "staging" is a state of "production"',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        Object.assign(state, structuredClone(world.production.state));
      }),
  },
  {
    name: "production's lock table in staging's backend file",
    rule: 'backends',
    names: () => 'mht-api-terraform-locks-production',
    commit: ({ project }) => replaced(project, 'backend-staging.tfbackend', 'locks-staging', 'locks-production'),
  },
  {
    name: "production's table in both states",
    rule: 'shared-resources',
    names: ({ production }) => production.table['arn'] as string,
    commit: ({ world }) => copied('aws_dynamodb_table', 'this')(world),
  },
  {
    name: "production's network in both states",
    rule: 'shared-resources',
    names: ({ production }) => production.vpc,
    commit: ({ world }) => copied('aws_vpc', 'this')(world),
  },
  {
    name: "the id of production's network in staging's state",
    rule: 'shared-resources',
    names: () => 'by its id alone',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        attributes(state, 'aws_vpc', 'this')['id'] = world.production.vpc;
      }),
  },
  {
    name: "a rule of staging's state for production's security group",
    rule: 'shared-resources',
    names: () => 'module.security_groups.aws_security_group.alb',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        const group = attributes(world.production.state, 'aws_security_group', 'alb');
        attributes(state, 'aws_vpc_security_group_ingress_rule', 'alb')['security_group_id'] = group['id'];
      }),
  },
  {
    name: "a policy of production's bucket in staging's state",
    rule: 'shared-resources',
    names: ({ production }) => production.bucket,
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        const policy = entry(world.production.state, 'aws_s3_bucket_versioning', 'this');
        state.resources.push({ ...policy, module: 'module.copied', instances: policy.instances.slice(0, 1) });
      }),
  },
  {
    name: "a resource of staging's state that the state says is production's",
    rule: 'foreign-tags',
    names: () => 'module.monitoring.aws_cloudwatch_log_group.application',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        attributes(state, 'aws_cloudwatch_log_group', 'application')['tags_all'] = { Environment: 'production' };
      }),
  },
  {
    name: "a resource of staging's state that is production's by its own tags alone",
    rule: 'foreign-tags',
    names: () => 'module.monitoring.aws_sns_topic.alarms',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        attributes(state, 'aws_sns_topic', 'alarms')['tags'] = { Environment: 'production' };
      }),
  },
  {
    name: 'a resource whose state has an abbreviation for a tag',
    rule: 'environment-tags',
    names: () => '"prod"',
    commit: ({ world }) =>
      world.editState('production', (state) => {
        attributes(state, 'aws_sns_topic', 'alarms')['tags_all'] = { Environment: 'prod', Project: 'mht-api' };
      }),
  },
  {
    name: "a name without the environment's",
    rule: 'names',
    names: () => '"mht-api-lb"',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        attributes(state, 'aws_lb', 'app_lb')['name'] = 'mht-api-lb';
      }),
  },
  {
    name: "a name with the other environment's",
    rule: 'names',
    names: () => '"mht-api-production-reports"',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        attributes(state, 'aws_sns_topic', 'alarms')['name'] = 'mht-api-production-reports';
      }),
  },
  {
    name: 'a queue in the state that is not there',
    rule: 'missing',
    names: () => 'mht-api-staging-ghost.fifo',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        const queue = structuredClone(entry(state, 'aws_sqs_queue', 'dead_letter'));
        const ghost = queue.instances[0]?.attributes ?? {};
        for (const name of ['arn', 'id', 'url', 'name'])
          ghost[name] = String(ghost[name]).replace('processing-feedback-dlq', 'ghost');
        ghost['tags'] = { Name: 'mht-api-staging-ghost.fifo' };
        state.resources.push({ ...queue, module: 'module.ghosts' });
      }),
  },
  {
    name: 'a bucket in the state that is not there',
    rule: 'missing',
    names: () => 'mht-api-production-ghost',
    commit: ({ world }) =>
      world.editState('production', (state) => {
        const bucket = structuredClone(entry(state, 'aws_s3_bucket', 'this'));
        const [instance] = bucket.instances;
        if (instance === undefined) throw new Error('there is no bucket');
        Object.assign(instance.attributes, {
          arn: 'arn:aws:s3:::mht-api-production-ghost',
          id: 'mht-api-production-ghost',
          bucket: 'mht-api-production-ghost',
        });
        state.resources.push({ ...bucket, module: 'module.ghosts', instances: [instance] });
      }),
  },
  {
    name: "an instance of staging that is started with production's queue",
    rule: 'references',
    names: () => 'user_data',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        attributes(state, 'aws_instance', 'this')['user_data'] = `QUEUE_URL=${world.production.queue['url']}`;
      }),
  },
  {
    name: "an instance of staging that is started with production's secret",
    rule: 'encryption',
    names: () => 'module.secrets.aws_secretsmanager_secret.this',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        const secret = attributes(world.production.state, 'aws_secretsmanager_secret', 'this');
        attributes(state, 'aws_instance', 'this')['user_data'] = `SECRET=${secret['arn']}`;
      }),
  },
  {
    name: "a listener of staging that redirects to production's address",
    rule: 'traffic',
    names: () => 'module.alb[0].aws_lb_listener.http',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        attributes(state, 'aws_lb_listener', 'http')['default_action'] = [
          { type: 'redirect', redirect: [{ host: 'api.amygdalas.com', status_code: 'HTTP_301' }] },
        ];
      }),
  },
  {
    name: "an output of staging with production's queue",
    rule: 'references',
    names: () => 'output.queue_urls',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        const output = { ...state.outputs['queue_urls'], value: { feedback: world.production.queue['url'] } };
        Object.assign(state.outputs, { queue_urls: output });
      }),
  },
  {
    name: "a data source of staging that reads production's network",
    rule: 'references',
    names: () => 'data.aws_vpc.other',
    commit: ({ world }) =>
      world.editState('staging', (state) => {
        const instances = [{ attributes: { id: world.production.vpc } }];
        state.resources.push({ mode: 'data', type: 'aws_vpc', name: 'other', instances });
      }),
  },
];

/** Sabotages of the files. */
export const OF_FILES: readonly Sabotage[] = [
  {
    name: 'networks that would overlap',
    rule: 'configuration',
    names: () => '10.0.64.0/18',
    commit: ({ project }) => replaced(project, 'terraform.tfvars.staging', '10.1.0.0/16', '10.0.64.0/18'),
  },
  {
    name: 'one DNS name for both',
    rule: 'configuration',
    names: () => 'dns_name',
    commit: ({ project }) =>
      replaced(project, 'terraform.tfvars.staging', 'staging.api.amygdalas.com', 'api.amygdalas.com'),
  },
  {
    name: 'one pinned account for both',
    rule: 'configuration',
    names: () => '123456789012',
    commit: async ({ project }) => {
      const undo: (() => Promise<unknown>)[] = [];
      for (const name of ['staging', 'production']) {
        undo.push(
          await replaced(project, `terraform.tfvars.${name}`, '# aws_account_id  =', 'aws_account_id  ='),
          await replaced(project, `backend-${name}.tfbackend`, '# allowed_account_ids =', 'allowed_account_ids ='),
        );
      }
      return async () => {
        for (const each of undo.reverse()) await each();
      };
    },
  },
  {
    name: "a value of staging's that names production",
    rule: 'configuration',
    names: () => 'container_image',
    commit: ({ project }) =>
      replaced(project, 'terraform.tfvars.staging', 'amygdalas/mht-api:1.0.0', 'amygdalas/mht-api-production:1.0.0'),
  },
  {
    name: "a value of staging's that names production in capitals",
    rule: 'configuration',
    names: () => 'amygdalas/MHT-API-PRODUCTION:1.0.0',
    commit: ({ project }) =>
      replaced(project, 'terraform.tfvars.staging', 'amygdalas/mht-api:1.0.0', 'amygdalas/MHT-API-PRODUCTION:1.0.0'),
  },
];

async function replaced(
  project: { read(file: string): Promise<string>; write(file: string, content: string): Promise<void> },
  file: string,
  from: string,
  to: string,
): Promise<() => Promise<unknown>> {
  const before = await project.read(file);
  const after = before.replaceAll(from, to);
  if (after === before) throw new Error(`the change did not fit ${file}`);
  await project.write(file, after);
  return () => project.write(file, before);
}
