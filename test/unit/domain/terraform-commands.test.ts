import { describe, expect, it } from '@jest/globals';
import { changesSomething } from '../../../src/domain/terraform-commands.js';

const words = (command: string) => command.split(' ').filter((word) => word !== '');

describe('a Terraform command that may change something', () => {
  it.each([
    'apply',
    'apply -auto-approve',
    'apply saved.tfplan',
    'apply -var help=h',
    'destroy',
    'import aws_sqs_queue.this url',
    'refresh',
    'state mv a b',
    'state rm a',
    'state push file',
    'state replace-provider a b',
    'state',
    'taint a',
    'untaint a',
    'force-unlock id',
    'workspace new x',
    'workspace select x',
    'workspace delete x',
    'init -migrate-state',
    'init --migrate-state',
    'init -force-copy',
    'init -migrate-state=true',
    '-chdir=elsewhere apply',
    'no-such-command',
    'test',
  ])('is "%s"', (command) => {
    expect(changesSomething(words(command))).toBe(true);
  });

  it.each([
    '',
    'plan',
    'plan -destroy -out x',
    'show',
    'output -json',
    'validate',
    'fmt -recursive',
    'init',
    'init -reconfigure -upgrade',
    'graph',
    'console',
    'version',
    'providers schema -json',
    'state list',
    'state -x list',
    'state show a',
    'state pull',
    'workspace list',
    'workspace show',
    'apply -help',
    'destroy --help',
    'apply -h',
    '-version',
    '-help',
    '-chdir=elsewhere plan',
  ])('is not "%s"', (command) => {
    expect(changesSomething(words(command))).toBe(false);
  });
});
