import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../support/loopback.js';
import { clientSettings, objectsOf } from './support/aws.js';
import { CommandLine } from './support/command-line.js';
import { backendOf, smallProject, type TemporaryProject, variablesOf } from './support/project.js';

/** What is refused before anything changes: the exit code, the same with --json, what was found and what to do. */
let project: TemporaryProject;
let mhtctl: CommandLine;

beforeAll(async () => {
  project = await smallProject();
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  for (const name of ['alpha', 'omega']) await mhtctl.run(['bootstrap', name, '--confirm', name]);
});
afterAll(async () => {
  await mhtctl.stopEmulator();
  await project.dispose();
});

interface Failure {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly exitCode: number;
    readonly nextSteps: readonly string[];
  };
}

/** Runs it both ways and returns the JSON, after both have agreed. */
async function refused(args: readonly string[], variables = {}): Promise<Failure['error']> {
  // One after the other: two plans at once would meet at the state's lock.
  const plain = await mhtctl.run(args, variables);
  const json = await mhtctl.run([...args, '--json'], variables);
  const { error } = JSON.parse(json.stdout) as Failure;
  expect(json.exitCode).toBe(error.exitCode);
  expect(plain.exitCode).toBe(error.exitCode);
  expect(plain.stdout).toBe('');
  expect(plain.stderr).toContain(error.message);
  return error;
}

describe('files that are not as they must be', () => {
  const whole = { 'terraform.tfvars.alpha': variablesOf('alpha'), 'backend-alpha.tfbackend': backendOf('alpha') };
  beforeEach(async () => {
    for (const [file, content] of Object.entries(whole)) await project.write(file, content);
  });
  afterEach(async () => {
    await rm(join(project.configurationDir, 'terraform.tfvars.gamma'), { force: true });
    for (const [file, content] of Object.entries(whole)) await project.write(file, content);
  });

  const cases: readonly (readonly [what: string, file: string, content: string, said: readonly string[]])[] = [
    ['a half pair', 'terraform.tfvars.gamma', variablesOf('gamma'), ['gamma', 'backend-gamma.tfbackend']],
    [
      'a syntax error in the values',
      'terraform.tfvars.alpha',
      'environment = "alpha"\naws_region = \n',
      ['terraform.tfvars.alpha:2'],
    ],
    [
      'a syntax error in the backend',
      'backend-alpha.tfbackend',
      'bucket = "b"\nkey = {{\n',
      ['backend-alpha.tfbackend:2'],
    ],
    [
      "another environment's values",
      'terraform.tfvars.alpha',
      variablesOf('omega'),
      ['"omega"', 'terraform.tfvars.alpha:1'],
    ],
    ['a shared state', 'backend-alpha.tfbackend', backendOf('omega'), ['small-state-omega', 'backend-alpha.tfbackend']],
    [
      'a shared lock table',
      'backend-alpha.tfbackend',
      backendOf('alpha').replace('small-locks-alpha', 'small-locks-omega'),
      ['small-locks-omega'],
    ],
  ];
  it.each(cases)('%s is a usage error that names file and value', async (_, file, content, said) => {
    await project.write(file, content);
    const error = await refused(['deploy', 'alpha', '--yes']);
    expect(error.exitCode).toBe(2);
    for (const words of said) expect(error.message).toContain(words);
    expect(error.nextSteps.length).toBeGreaterThan(0);
  });

  it('an unknown environment names the known ones and the nearest', async () => {
    const error = await refused(['deploy', 'alpa', '--yes']);
    expect(error).toMatchObject({ exitCode: 2, code: 'UnknownEnvironment' });
    expect(error.message).toMatch(/alpha.*omega.*did you mean "alpha"/);
  });
});

describe('who and where', () => {
  afterEach(() => project.write('terraform.tfvars.alpha', variablesOf('alpha')));

  it('another account than the pinned one is refused, naming both', async () => {
    await project.write('terraform.tfvars.alpha', variablesOf('alpha', 'aws_account_id = "999999999999"\n'));
    const error = await refused(['deploy', 'alpha', '--yes']);
    expect(error).toMatchObject({ exitCode: 7, code: 'WrongAccount' });
    expect(error.message).toContain('123456789012');
    expect(error.message).toContain('999999999999');
  });

  it("another region than the environment's is refused", async () => {
    const error = await refused(['deploy', 'alpha', '--yes'], { AWS_REGION: 'eu-west-1' });
    expect(error).toMatchObject({ exitCode: 7, code: 'WrongRegion' });
    expect(error.message).toContain('us-east-1');
  });

  it('expired credentials are named as such (the answer is a recorded one: the emulator expires none)', async () => {
    const server = createServer((_, response) => {
      response.writeHead(403, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>ExpiredToken</Code>' +
          '<Message>The security token included in the request is expired</Message></Error><RequestId>r</RequestId></ErrorResponse>',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const error = await refused(['deploy', 'alpha', '--yes'], { AWS_ENDPOINT_URL: endpoint });
    server.close();
    expect(error).toMatchObject({
      exitCode: 5,
      code: 'CredentialsExpired',
      nextSteps: ['sign in again: aws sso login'],
    });
  });

  it('no network says what could not be reached', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const error = await refused(['deploy', 'alpha', '--yes'], { AWS_ENDPOINT_URL: endpoint });
    expect(error).toMatchObject({ exitCode: 5, code: 'AwsUnreachable' });
    expect(error.message).toContain(endpoint);
  });

  it('no credentials at all says how to get some', async () => {
    const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, HOME: project.root };
    const error = await refused(['deploy', 'alpha', '--yes'], none);
    expect(error).toMatchObject({ exitCode: 5, code: 'CredentialsMissing' });
  });
});

describe('what would silently change the run', () => {
  it('is refused for a protected environment', async () => {
    const error = await refused(['deploy', 'omega', '--confirm', 'omega'], { TF_VAR_content: 'other' });
    expect(error).toMatchObject({ exitCode: 2, code: 'SilentInfluences', nextSteps: ['unset TF_VAR_content'] });
  });

  it('is listed for another, and a workspace never reaches Terraform', async () => {
    const { exitCode, stderr } = await mhtctl.run(['plan', 'alpha'], { TF_WORKSPACE: 'elsewhere' });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning: TF_WORKSPACE selects another workspace');
  });
});

describe('the confirmation', () => {
  // Something to confirm, whatever was deployed before.
  beforeAll(() => project.write('terraform.tfvars.omega', variablesOf('omega', 'content = "new"\n')));
  afterAll(() => project.write('terraform.tfvars.omega', variablesOf('omega')));

  it('without a terminal an unprotected environment needs --yes', async () => {
    const error = await refused(['deploy', 'alpha']);
    expect(error).toMatchObject({ exitCode: 4, nextSteps: ['mhtctl deploy alpha --yes'] });
  });

  it.each([
    [['--yes'], 'mhtctl deploy omega --confirm omega'],
    [['--confirm', 'alpha'], undefined],
  ])('a protected environment refuses %j', async (flags, step) => {
    const error = await refused(['deploy', 'omega', ...flags]);
    expect(error.exitCode).toBe(4);
    expect(error.nextSteps[0]).toBe(step);
  });

  it('at a terminal a protected environment takes only its name, typed', async () => {
    const { exitCode, stdout } = await mhtctl.atTerminal(['deploy', 'omega'], [['Type its name to confirm', 'omga\r']]);
    expect(exitCode).toBe(4);
    expect(stdout).toContain('"omga" was typed, expected "omega"; nothing was changed');
  });

  it('at a terminal an unprotected environment takes Enter for no', async () => {
    const { exitCode } = await mhtctl.atTerminal(['deploy', 'alpha'], [['Deploy alpha?', '\r']]);
    expect(exitCode).toBe(4);
  });

  it('the end of the input at the prompt is no consent and no success', async () => {
    const { exitCode } = await mhtctl.atTerminal(['deploy', 'alpha'], [['Deploy alpha?', '\u0004']]);
    expect(exitCode).toBe(130);
  });

  it('Ctrl-C at the prompt ends with 130 and changes nothing', async () => {
    const { exitCode, stdout } = await mhtctl.atTerminal(['deploy', 'omega'], [['Type its name to confirm', '\u0003']]);
    expect(exitCode).toBe(130);
    expect(stdout).toContain('nothing was changed');
  });
});

describe('the state backend', () => {
  const s3 = () => new S3Client({ ...clientSettings(mhtctl), forcePathStyle: true });

  it('a state that somebody else has locked is exit 6 and names the holder', async () => {
    const dynamodb = new DynamoDBClient(clientSettings(mhtctl));
    const id = '5b3f1d4e-0000-4000-8000-000000000001';
    const path = 'small-state-alpha/alpha/terraform.tfstate';
    const info = {
      ID: id,
      Operation: 'OperationTypeApply',
      Info: '',
      Who: 'ann@elsewhere',
      Version: '1.11.4',
      Created: '2026-01-02T03:04:05Z',
      Path: path,
    };
    const key = { LockID: { S: path } };
    // Terraform takes both locks, and so does the one who holds them here.
    const Body = JSON.stringify(info);
    await s3().send(new PutObjectCommand({ Bucket: 'small-state-alpha', Key: 'alpha/terraform.tfstate.tflock', Body }));
    await dynamodb.send(
      new PutItemCommand({ TableName: 'small-locks-alpha', Item: { ...key, Info: { S: JSON.stringify(info) } } }),
    );
    try {
      const error = await refused(['plan', 'alpha']);
      expect(error).toMatchObject({ exitCode: 6, code: 'StateLocked' });
      expect(error.message).toContain('ann@elsewhere');
      expect(error.nextSteps.join()).toContain(`mhtctl unlock alpha --id ${id}`);
    } finally {
      const { exitCode, stdout } = await mhtctl.run(['unlock', 'alpha', '--id', id, '--json']);
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ locks: [{ kind: 'terraform', id }], removed: [id] });
    }
  });

  it('a bucket whose versioning was switched off is refused, and bootstrap mends just that', async () => {
    const Status = 'Suspended';
    await s3().send(
      new PutBucketVersioningCommand({ Bucket: 'small-state-alpha', VersioningConfiguration: { Status } }),
    );
    const error = await refused(['deploy', 'alpha', '--yes']);
    expect(error).toMatchObject({ exitCode: 3, code: 'BackendNotReady', nextSteps: ['mhtctl bootstrap alpha'] });
    expect(error.message).toContain('not versioned');
    const { stdout } = await mhtctl.run(['bootstrap', 'alpha', '--yes', '--json']);
    expect(JSON.parse(stdout).resources).toEqual([
      { kind: 'bucket', name: 'small-state-alpha', action: 'updated' },
      { kind: 'lock-table', name: 'small-locks-alpha', action: 'unchanged' },
    ]);
  });

  it('a backend that was never set up is refused', async () => {
    await project.write('backend-alpha.tfbackend', backendOf('nowhere'));
    try {
      const error = await refused(['plan', 'alpha']);
      expect(error).toMatchObject({ exitCode: 3, nextSteps: ['mhtctl bootstrap alpha'] });
      expect(error.message).toContain('small-state-nowhere is not there');
    } finally {
      await project.write('backend-alpha.tfbackend', backendOf('alpha'));
    }
  });

  it('a state that is gone although a deployment is on record is an alarm, and the restored one ends it', async () => {
    const state = { Bucket: 'small-state-omega', Key: 'omega/terraform.tfstate' };
    expect((await mhtctl.run(['deploy', 'omega', '--confirm', 'omega'])).exitCode).toBe(0);
    await s3().send(new DeleteObjectCommand(state));
    const error = await refused(['deploy', 'omega', '--confirm', 'omega']);
    expect(error).toMatchObject({ exitCode: 3, code: 'StateLost' });
    expect(error.nextSteps.join()).toContain('mhtctl state list');
    const { Versions = [] } = await s3().send(
      new ListObjectVersionsCommand({ Bucket: state.Bucket, Prefix: state.Key }),
    );
    const version = Versions.find(({ Key }) => Key === state.Key)?.VersionId;
    const CopySource = `${state.Bucket}/${state.Key}?versionId=${version}`;
    await s3().send(new CopyObjectCommand({ ...state, CopySource }));
    const again = await mhtctl.run(['deploy', 'omega', '--json']);
    expect(JSON.parse(again.stdout).outcome).toBe('no-changes');
  });
});

it('a refused deployment has changed nothing: no state, no record', async () => {
  const before = await objectsOf(mhtctl, 'small-state-alpha');
  await refused(['deploy', 'alpha']);
  expect(await objectsOf(mhtctl, 'small-state-alpha')).toEqual(before);
});
