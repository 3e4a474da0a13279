import { EventEmitter } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GitRepository } from '../../../src/adapters/git/git-repository.js';
import { ExecaProcessRunner } from '../../../src/adapters/process/execa-process-runner.js';
import { ProcessInterruption } from '../../../src/adapters/process/interruption.js';
import { FileWorkspace } from '../../../src/adapters/system/file-workspace.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { failureOf } from '../../support/failure.js';

describe('the git work tree', () => {
  const environment = new CallerEnvironment();
  const runner = new ExecaProcessRunner(new ProcessInterruption(new EventEmitter()));
  let root: string;
  const git = async (...args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await runner.run('git', ['-C', root, ...args]);
    if (exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const describeIt = (directory = root) => new GitRepository(runner, directory).describe();
  const dirtyFiles = async () => [...((await describeIt())?.dirtyFiles ?? [])].sort();

  beforeAll(() => {
    const own = Object.keys(process.env).filter((name) => name.startsWith('GIT_'));
    environment.set(Object.fromEntries(own.map((name) => [name, undefined])));
    const person = { NAME: 'Zoë', EMAIL: 'zoe@example.com' };
    const people = ['AUTHOR', 'COMMITTER'].flatMap((role) =>
      Object.entries(person).map(([field, value]) => [`GIT_${role}_${field}`, value] as const),
    );
    environment.set({ ...Object.fromEntries(people), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' });
  });

  afterAll(() => environment.restore());

  beforeEach(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'git-repository-')));
    await git('init', '--quiet', '--initial-branch=trunk');
    write('main.tf', '# one\n# two\n# three\n');
    write('modules/network/main.tf', '# network\n');
    await git('add', '.');
    await git('commit', '--quiet', '--message=first');
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is clean beside files of our own, though no .gitignore of the project names them', async () => {
    const privateDir = join(root, '.mhtctl');
    const workspace = new FileWorkspace({ root, configurationDir: join(root, 'terraform'), privateDir });
    await workspace.writePrivate(join(privateDir, 'environments', 'staging', 'backups', '1.tfstate'), 'secret');
    expect(await dirtyFiles()).toEqual([]);
    await git('add', '--all');
    expect(await git('ls-files', '.mhtctl')).toBe('');
  });

  it('is the commit and the branch, with nothing beside them, when it is clean', async () => {
    expect(await describeIt()).toEqual({ hash: await git('rev-parse', 'HEAD'), branch: 'trunk', dirtyFiles: [] });
  });

  it('is described from a directory within it as a whole', async () => {
    write('main.tf', '# changed\n');
    expect((await describeIt(join(root, 'modules')))?.dirtyFiles).toEqual(['main.tf']);
  });

  it.each([
    { what: 'modified', make: async () => write('main.tf', '# changed\n'), files: ['main.tf'] },
    {
      what: 'modified and staged',
      make: async () => {
        write('main.tf', '# changed\n');
        await git('add', 'main.tf');
      },
      files: ['main.tf'],
    },
    { what: 'untracked', make: async () => write('new.tf', ''), files: ['new.tf'] },
    { what: 'deleted', make: async () => rmSync(join(root, 'main.tf')), files: ['main.tf'] },
    {
      what: 'named with spaces, quotes and letters beyond ASCII',
      make: async () => {
        write('a "b"  c.tf', '');
        write('größe – été.tf', '');
        write(' leading.tf', '');
      },
      files: [' leading.tf', 'a "b"  c.tf', 'größe – été.tf'],
    },
    { what: 'named with a line break', make: async () => write('a\nb.tf', ''), files: ['a\nb.tf'] },
    {
      what: 'renamed, once, by the new name',
      make: async () => {
        await git('mv', 'main.tf', 'renamed.tf');
        write('new.tf', '');
      },
      files: ['new.tf', 'renamed.tf'],
    },
    {
      what: 'renamed without being staged, once, by the new name',
      make: async () => {
        renameSync(join(root, 'main.tf'), join(root, 'renamed.tf'));
        await git('add', '--intent-to-add', 'renamed.tf');
        write('new.tf', '');
      },
      files: ['new.tf', 'renamed.tf'],
    },
    {
      what: 'in conflict',
      make: async () => {
        await git('checkout', '--quiet', '-b', 'other');
        write('main.tf', '# theirs\n');
        await git('commit', '--quiet', '--all', '--message=theirs');
        await git('checkout', '--quiet', 'trunk');
        write('main.tf', '# ours\n');
        await git('commit', '--quiet', '--all', '--message=ours');
        await expect(git('merge', 'other')).rejects.toThrow('git merge');
      },
      files: ['main.tf'],
    },
  ])('lists files that are $what', async ({ make, files }) => {
    await make();
    expect(await dirtyFiles()).toEqual(files);
  });

  it('does not list what is ignored', async () => {
    write('.gitignore', '*.log\n');
    await git('add', '.');
    await git('commit', '--quiet', '--message=ignore');
    write('run.log', 'text');
    expect(await dirtyFiles()).toEqual([]);
  });

  it('has no branch when its head is detached', async () => {
    await git('checkout', '--quiet', '--detach');
    expect(await describeIt()).toEqual({ hash: await git('rev-parse', 'HEAD'), branch: undefined, dirtyFiles: [] });
  });

  it('is that of its own commit as a linked work tree', async () => {
    const linked = join(root, 'linked');
    await git('worktree', 'add', '--quiet', '-b', 'feature/größe', linked);
    expect(await describeIt(linked)).toEqual({
      hash: await git('rev-parse', 'HEAD'),
      branch: 'feature/größe',
      dirtyFiles: [],
    });
  });

  it('is nothing before the first commit', async () => {
    const fresh = join(root, 'fresh');
    mkdirSync(fresh);
    await git('init', '--quiet', fresh);
    expect(await describeIt(fresh)).toBeNull();
  });

  it('is nothing outside of one', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'no-repository-'));
    try {
      expect(await describeIt(outside)).toBeNull();
      expect(await describeIt(join(outside, 'absent'))).toBeNull();
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('is nothing in a bare repository', async () => {
    const bare = join(root, 'bare.git');
    await git('clone', '--quiet', '--bare', root, bare);
    expect(await describeIt(bare)).toBeNull();
  });

  it('is nothing where there is no git', async () => {
    const missing = new CallerEnvironment();
    missing.set({ PATH: root });
    try {
      expect(await describeIt()).toBeNull();
    } finally {
      missing.restore();
    }
  });

  describe('with an earlier commit beside it', () => {
    const directory = () => join(root, '.private', 'rollback');
    const checkOut = (commit: string, within = root) => new GitRepository(runner, within).checkOut(commit, directory());
    const trees = async () => (await git('worktree', 'list')).split('\n').length;
    let first: string;

    beforeEach(async () => {
      first = await git('rev-parse', 'HEAD');
      write('.gitignore', '.private/\n');
      write('main.tf', '# second\n');
      await git('add', '.');
      await git('commit', '--quiet', '--message=second');
      write('main.tf', '# not committed\n');
    });

    it('stays as it is, whatever is in it', async () => {
      expect(await checkOut(first)).toBe(directory());
      expect(readFileSync(join(directory(), 'main.tf'), 'utf8')).toBe('# one\n# two\n# three\n');
      expect(readFileSync(join(root, 'main.tf'), 'utf8')).toBe('# not committed\n');
      expect(await dirtyFiles()).toEqual(['main.tf']);
    });

    it('tells where the project is in it, when that is a directory of the repository', async () => {
      expect(await checkOut(first, join(root, 'modules'))).toBe(join(directory(), 'modules'));
    });

    it('is left without a trace of it, also of one that was left behind changed', async () => {
      await checkOut(first);
      writeFileSync(join(directory(), 'main.tf'), '# changed\n');
      await checkOut(first);
      expect(readFileSync(join(directory(), 'main.tf'), 'utf8')).toContain('# one');
      await new GitRepository(runner, root).removeCheckOut(directory());
      expect(existsSync(directory())).toBe(false);
      expect(await trees()).toBe(1);
    });

    it('says which commit is not there', async () => {
      const missing = 'f'.repeat(40);
      const failure = await failureOf(checkOut(missing));
      expect(failure).toMatchObject({ code: 'CommitMissing', exitCode: 5 });
      expect(failure.message).toContain(missing);
      expect(failure.nextSteps.join()).toContain('git fetch');
      expect(await trees()).toBe(1);
    });
  });
});
