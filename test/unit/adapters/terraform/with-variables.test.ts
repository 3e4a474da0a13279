import { describe, expect, it } from '@jest/globals';
import { withVariables } from '../../../../src/adapters/terraform/terraform-cli.js';
import { STAGING } from '../../../fakes/bindings.js';

const VALUES = `-var-file=${STAGING.variablesFile}`;
const words = (command: string) => command.split(' ').filter((word) => word !== '');
const given = (command: string) => withVariables(STAGING, words(command)).join(' ');

describe('the arguments of a bound Terraform', () => {
  it.each(['plan', 'apply', 'destroy', 'refresh', 'import', 'console'])(
    'get the values of the environment for %s',
    (command) => {
      expect(given(command)).toBe(`${command} ${VALUES}`);
    },
  );

  it.each([
    ['plan -destroy -out x', `plan ${VALUES} -destroy -out x`],
    ['import aws_sqs_queue.this url', `import ${VALUES} aws_sqs_queue.this url`],
    ['apply -auto-approve', `apply ${VALUES} -auto-approve`],
    ['apply -target=module.q', `apply ${VALUES} -target=module.q`],
    ['apply -target module.q', `apply ${VALUES} -target module.q`],
    ['apply -var image=x', `apply ${VALUES} -var image=x`],
    ['apply -parallelism 1 -auto-approve', `apply ${VALUES} -parallelism 1 -auto-approve`],
  ])('keep what they were: "%s"', (command, expected) => {
    expect(given(command)).toBe(expected);
  });

  it.each([
    '',
    'init',
    'state list',
    'output -json',
    'force-unlock id',
    'plan -var-file=other',
    'plan -var-file other',
    'plan --var-file=other',
    'apply saved.tfplan',
    'apply -auto-approve saved.tfplan',
    'apply -parallelism=1 saved.tfplan',
  ])('get none where none are taken or some were given: "%s"', (command) => {
    expect(given(command)).toBe(command);
  });
});
