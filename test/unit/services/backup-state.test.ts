import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { MhtctlError } from '../../../src/domain/errors.js';
import { backupState } from '../../../src/services/backup-state.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { LINEAGE } from '../../fakes/plans.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { copyOf, stateText } from '../../fakes/state-archive.js';

let ports: ReturnType<typeof fakePorts>;
beforeEach(() => {
  ports = fakePorts();
});

const backup = (output?: string) => backupState(ports, { binding: STAGING, output });
const bytesOf = (file: string) => Buffer.from(ports.workspace.files.get(file) as unknown as Uint8Array).toString();

describe('a backup of a state', () => {
  it('is the same bytes here and beside the state, and says what they are', async () => {
    const text = stateText({ serial: 12 });
    ports.stateArchive.current = copyOf(text);
    const kept = await backup();
    expect(kept).toEqual({
      id: expect.stringMatching(/^20261123T100000Z-[0-9a-f]{6}$/),
      file: `${STAGING.workDir}/backups/${kept.id}.tfstate`,
      object: `s3://mht-api-terraform-state-staging/staging/terraform.tfstate.backups/${kept.id}.tfstate`,
      serial: 12,
      lineage: LINEAGE,
      resources: 1,
      digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
    });
    expect(bytesOf(kept.file)).toBe(text);
    expect(ports.stateArchive.kept.get(kept.id)).toBe(ports.stateArchive.current);
  });

  it('goes to the file that was asked for, and to no other', async () => {
    const kept = await backup('/mnt/safe/state');
    expect(kept.file).toBe('/mnt/safe/state');
    expect([...ports.workspace.files.keys()]).toEqual(['/mnt/safe/state']);
    expect(ports.journal).toContain('workspace.writePrivateResult');
  });

  it('is made of what is no state as well, which is said', async () => {
    ports.stateArchive.current = copyOf('garbage');
    expect(await backup()).toMatchObject({ serial: null, lineage: null, resources: null });
    expect(ports.progress.heard('Backup', 'note').join()).toContain('no state that can be read');
  });

  it('is refused where there is no state', async () => {
    ports.stateArchive.current = null;
    const failure = await failureOf(() => backup());
    expect(failure).toMatchObject({
      code: 'NoState',
      exitCode: 3,
      nextSteps: ['see whether there was one: mhtctl state list staging'],
    });
    expect(ports.workspace.files.size).toBe(0);
  });

  it('is not made with credentials of another account', async () => {
    ports.identities.identity = { accountId: '999999999999', arn: 'arn:aws:iam::999999999999:user/eve' };
    expect(await failureOf(() => backup())).toMatchObject({ code: 'WrongAccount', exitCode: 7 });
    expect(ports.stateArchive.kept.size).toBe(0);
  });

  it('that is only half made says where that half is', async () => {
    const denied = {
      code: 'AwsDenied',
      outcome: 'toolFailed',
      message: 'denied s3:PutObject',
      nextSteps: ['allow it'],
    } as const;
    ports.stateArchive.keepFailure = new MhtctlError(denied);
    const failure = await failureOf(() => backup());
    expect(failure).toMatchObject({ code: 'AwsDenied', exitCode: 5, nextSteps: ['allow it'] });
    const [file = ''] = ports.workspace.files.keys();
    expect(failure.message).toBe(`denied s3:PutObject\nthe copy on this machine is made: ${file}`);
  });

  it('leaves nothing in the bucket where there is no room here', async () => {
    ports.workspace.failure = toolFailure('no space left on device');
    expect(await failureOf(() => backup())).toBe(ports.workspace.failure);
    expect(ports.stateArchive.kept.size).toBe(0);
  });
});
