import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { findProject } from '../../../src/adapters/environments/find-project.js';
import { failureOf } from '../hcl/failure.js';
import { pair, projectWith, removeProjects } from './project-files.js';

afterAll(removeProjects);

describe('findProject', () => {
  it('finds the nearest directory upwards that holds environments', async () => {
    const project = await projectWith(pair('staging'));
    const deep = join(project.configurationDir, 'modules/network');
    await mkdir(deep, { recursive: true });
    for (const start of [project.root, project.configurationDir, deep]) {
      expect(await findProject(start, {})).toEqual(project);
    }
  });

  it('passes by a terraform directory without environments', async () => {
    const project = await projectWith({ 'backend-staging.tfbackend': '' });
    const inner = join(project.root, 'examples/one');
    await mkdir(join(inner, 'terraform'), { recursive: true });
    await writeFile(join(inner, 'terraform/main.tf'), '');
    expect((await findProject(inner, {})).root).toBe(project.root);
  });

  it('goes by MHTCTL_ROOT before anything else, relative to where it starts', async () => {
    const [here, there] = [await projectWith(pair('staging')), await projectWith(pair('staging'))];
    expect((await findProject(here.root, { MHTCTL_ROOT: there.root })).root).toBe(there.root);
    expect((await findProject(there.configurationDir, { MHTCTL_ROOT: '..' })).root).toBe(there.root);
    expect((await findProject(here.root, { MHTCTL_ROOT: '' })).root).toBe(here.root);
  });

  it('says what a project is when there is none', async () => {
    const { root } = await projectWith({ 'main.tf': '' });
    const error = await failureOf(findProject(root, {}));
    expect(error).toMatchObject({
      code: 'ProjectNotFound',
      outcome: 'usage',
      nextSteps: ['cd to the repository', 'or: export MHTCTL_ROOT=/path/to/the/repository'],
    });
    expect(error.message).toContain(`no project in ${root} or any directory above it`);
  });

  it('does not look further when MHTCTL_ROOT is wrong', async () => {
    const { root } = await projectWith(pair('staging'));
    const error = await failureOf(findProject(root, { MHTCTL_ROOT: join(root, 'nowhere') }));
    expect(error).toMatchObject({ code: 'ProjectNotFound', outcome: 'usage' });
    expect(error.message).toContain(`MHTCTL_ROOT=${join(root, 'nowhere')} is no project`);
    expect(error.nextSteps[0]).toBe('unset MHTCTL_ROOT');
  });
});
