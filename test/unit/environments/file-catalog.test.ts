import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { FileEnvironmentCatalog } from '../../../src/adapters/environments/file-catalog.js';
import { failureOf } from '../hcl/failure.js';
import { catalogOf, pair, projectWith, removeProjects } from './project-files.js';

afterAll(removeProjects);

const both = { ...pair('staging'), ...pair('production') };

describe('a complete project', () => {
  it('has the environments whose pairs exist, sorted', async () => {
    const catalog = await catalogOf({
      ...both,
      ...pair('qa-2'),
      'main.tf': '',
      'terraform.tfvars.staging.bak': '',
      'terraform.tfvars.qa~': '',
    });
    expect(await catalog.names()).toEqual(['production', 'qa-2', 'staging']);
  });

  it("does not take Terraform's own terraform.tfvars.json for an environment", async () => {
    expect(await (await catalogOf({ ...both, 'terraform.tfvars.json': '{}' })).names()).toEqual([
      'production',
      'staging',
    ]);
  });

  it('binds an environment to all that its files say', async () => {
    const pins = {
      variables: [
        'aws_account_id = "111122223333"',
        'assume_role_arn = "arn:aws:iam::111122223333:role/deploy"',
        'tags = { a = "b" }',
      ],
      backend: [
        'use_lockfile = true',
        'allowed_account_ids = ["111122223333"]',
        'assume_role = { role_arn = "arn:aws:iam::111122223333:role/state" }',
      ],
    };
    const policy =
      'environment "staging" {\n  protected = true\n  health {\n    path = "/up"\n    deadline_seconds = 60\n  }\n}\n';
    const project = await projectWith({ ...pair('staging', pins), ...pair('production'), 'policy.hcl': policy });
    const binding = await new FileEnvironmentCatalog(project).bind('staging');
    expect(binding).toEqual({
      name: 'staging',
      configurationDir: project.configurationDir,
      variablesFile: join(project.configurationDir, 'terraform.tfvars.staging'),
      backendFile: join(project.configurationDir, 'backend-staging.tfbackend'),
      workDir: join(project.privateDir, 'environments/staging'),
      dataDir: join(project.privateDir, 'environments/staging/terraform-data'),
      backend: {
        bucket: 'acme-state-staging',
        key: 'staging/terraform.tfstate',
        region: 'us-east-1',
        lockTable: 'acme-locks-staging',
        useLockfile: true,
        allowedAccountIds: ['111122223333'],
        roleArn: 'arn:aws:iam::111122223333:role/state',
        kmsKeyId: undefined,
      },
      variables: {
        environment: 'staging',
        aws_region: 'eu-west-1',
        aws_account_id: '111122223333',
        assume_role_arn: 'arn:aws:iam::111122223333:role/deploy',
        tags: { a: 'b' },
      },
      variableSources: expect.objectContaining({
        tags: {
          name: 'tags',
          value: { a: 'b' },
          location: { file: 'terraform/terraform.tfvars.staging', line: 5, column: 1 },
        },
      }),
      accountId: '111122223333',
      region: 'eu-west-1',
      roleArn: 'arn:aws:iam::111122223333:role/deploy',
      policy: {
        protected: true,
        promotedFrom: undefined,
        promotedAfterMinutes: 0,
        onUnhealthy: 'offer',
        destroyable: false,
        offHours: false,
        costLimit: undefined,
        health: { path: '/up', url: undefined, deadlineSeconds: 60, intervalSeconds: 5 },
      },
    });
  });

  it('protects production alone when there is no policy file', async () => {
    const bindings = await (await catalogOf(both)).bindAll();
    expect(bindings.map(({ name, policy }) => [name, policy.protected, policy.promotedFrom])).toEqual([
      ['production', true, undefined],
      ['staging', false, undefined],
    ]);
    expect(bindings[0]?.policy.health).toEqual({
      path: '/health',
      url: undefined,
      deadlineSeconds: 300,
      intervalSeconds: 5,
    });
  });

  it("falls back to the backend's region and single account", async () => {
    const files = {
      'terraform.tfvars.dev': 'environment = "dev"\naws_account_id = null\n',
      'backend-dev.tfbackend':
        'bucket = "b"\nkey = "k"\nregion = "us-east-1"\nallowed_account_ids = ["111122223333"]\n',
    };
    expect(await (await catalogOf(files)).bind('dev')).toMatchObject({
      region: 'us-east-1',
      accountId: '111122223333',
    });
  });

  it('sees a file that was added since', async () => {
    const project = await projectWith(pair('staging'));
    const catalog = new FileEnvironmentCatalog(project);
    expect(await catalog.names()).toEqual(['staging']);
    await writeFile(join(project.configurationDir, 'backend-x.tfbackend'), '');
    expect(await failureOf(catalog.names())).toMatchObject({ code: 'IncompleteEnvironment' });
  });
});

describe('bad input', () => {
  it('names the missing half of a pair and how to make it', async () => {
    const catalog = await catalogOf({ ...both, 'terraform.tfvars.qa': 'environment = "qa"\n' });
    for (const attempt of [() => catalog.names(), () => catalog.bind('staging'), () => catalog.bindAll()]) {
      const error = await failureOf(attempt());
      expect(error).toMatchObject({
        code: 'IncompleteEnvironment',
        outcome: 'usage',
        message:
          'environment "qa" is half there: terraform/terraform.tfvars.qa exists, terraform/backend-qa.tfbackend is missing',
        nextSteps: [
          'cp terraform/backend-production.tfbackend terraform/backend-qa.tfbackend',
          'then give qa a bucket, key and dynamodb_table of its own in terraform/backend-qa.tfbackend',
          'or, if qa is no environment: rm terraform/terraform.tfvars.qa',
        ],
      });
    }
  });

  it('names a missing tfvars file, also when there is no environment to copy from', async () => {
    const error = await failureOf((await catalogOf({ 'backend-qa.tfbackend': '' })).names());
    expect(error.message).toBe(
      'environment "qa" is half there: terraform/backend-qa.tfbackend exists, terraform/terraform.tfvars.qa is missing',
    );
    expect(error.nextSteps[0]).toBe(
      `printf 'environment = "qa"\\naws_region  = "us-east-1"\\n' > terraform/terraform.tfvars.qa`,
    );
  });

  it('says how to make the first environment when there is none', async () => {
    const error = await failureOf((await catalogOf({ 'main.tf': '' })).names());
    expect(error).toMatchObject({ code: 'NoEnvironments', outcome: 'usage' });
    expect(error.message).toContain('there is no environment in terraform');
    expect(error.nextSteps.join('\n')).toContain('> terraform/backend-staging.tfbackend');
  });

  it('lists the environments and the nearest match for an unknown one', async () => {
    const error = await failureOf((await catalogOf(both)).bind('stagng'));
    expect(error).toMatchObject({
      code: 'UnknownEnvironment',
      outcome: 'usage',
      message: 'unknown environment "stagng"; the environments are production, staging; did you mean "staging"?',
      nextSteps: [
        'use staging',
        'to add it, create terraform/terraform.tfvars.stagng and terraform/backend-stagng.tfbackend',
      ],
    });
  });

  it.each(['../etc', 'a b', '', 'Prod!'])('does not offer to create the impossible environment %j', async (name) => {
    const error = await failureOf((await catalogOf(both)).bind(name));
    expect(error.code).toBe('UnknownEnvironment');
    expect(error.nextSteps).toHaveLength(1);
  });

  it('refuses a pair whose name no resource could carry', async () => {
    const error = await failureOf((await catalogOf({ ...both, 'terraform.tfvars.Load_Test': '' })).names());
    expect(error).toMatchObject({
      code: 'InvalidEnvironmentName',
      outcome: 'usage',
      nextSteps: ['mv terraform/terraform.tfvars.Load_Test terraform/terraform.tfvars.load-test'],
    });
    expect(error.message).toContain('"Load_Test" in the name of terraform/terraform.tfvars.Load_Test');
  });

  it.each([
    ['terraform.tfvars.staging', 'environment = "staging"\nvpc_cidr = "10.0.0.0/16\n', '2:12'],
    ['backend-staging.tfbackend', 'bucket = "b"\nkey = \n', '2:6'],
    ['policy.hcl', 'environment "staging" {\n  protected true\n}\n', '2:3'],
  ])('shows the line of a syntax error in %s', async (file, text, place) => {
    const error = await failureOf((await catalogOf({ ...both, [file]: text })).bind('staging'));
    expect(error).toMatchObject({ code: 'HclSyntax', outcome: 'usage' });
    expect(error.message).toContain(`syntax error at terraform/${file}:${place}`);
  });

  it("fails on another environment's broken backend, since then nothing proves them separate", async () => {
    const error = await failureOf(
      (await catalogOf({ ...both, 'backend-production.tfbackend': 'bucket = \n' })).bind('staging'),
    );
    expect(error.message).toContain('terraform/backend-production.tfbackend:1');
  });

  it('refuses two environments with one state object, naming both places', async () => {
    const files = {
      ...both,
      'backend-qa.tfbackend':
        '# copied\nbucket = "acme-state-staging"\nkey = "staging/terraform.tfstate"\nregion = "us-east-1"\n',
      'terraform.tfvars.qa': 'environment = "qa"\n',
    };
    const catalog = await catalogOf(files);
    for (const attempt of [() => catalog.bind('production'), () => catalog.bindAll()]) {
      expect(await failureOf(attempt())).toMatchObject({
        code: 'SharedBackend',
        outcome: 'usage',
        message:
          'environments qa (terraform/backend-qa.tfbackend:3) and staging (terraform/backend-staging.tfbackend:2) share the state s3://acme-state-staging/staging/terraform.tfstate; each needs its own',
        nextSteps: [
          'edit line 3 of terraform/backend-qa.tfbackend: give qa a key of its own',
          'edit line 2 of terraform/backend-staging.tfbackend: give staging a key of its own',
        ],
      });
    }
  });

  it('refuses a file that is not text', async () => {
    const error = await failureOf(
      (await catalogOf({ ...both, 'backend-staging.tfbackend': new Uint8Array([0x62, 0xff, 0xfe]) })).bind('staging'),
    );
    expect(error).toMatchObject({
      code: 'UnreadableFile',
      outcome: 'usage',
      message: 'terraform/backend-staging.tfbackend is not UTF-8 text',
    });
  });

  it('refuses a directory in the place of a file', async () => {
    const project = await projectWith(pair('staging'));
    await mkdir(join(project.configurationDir, 'policy.hcl'));
    const error = await failureOf(new FileEnvironmentCatalog(project).bind('staging'));
    expect(error).toMatchObject({
      code: 'UnreadableFile',
      outcome: 'usage',
      nextSteps: ['ls -l terraform/policy.hcl'],
    });
  });
});
