import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MHTCTL } from './sandbox.mjs';

const VALUES = '-var-file=terraform.tfvars.staging';

/**
 * The reference's manual way for staging, step by step as its document has it. Nobody is there to type, hence
 * `-input=false` and `-auto-approve`, and the plan is shown and then made again by the apply.
 */
const REFERENCE_STEPS = [
  ['terraform', 'init', '-backend-config=backend-staging.tfbackend', '-reconfigure', '-input=false'],
  ['terraform', 'plan', VALUES, '-input=false'],
  ['terraform', 'apply', VALUES, '-input=false', '-auto-approve'],
];

const DEPLOY = [[...MHTCTL, 'deploy', 'staging', '--yes']];

/** A deployment that finds everything as it should be. */
export function unchangedSubjects({ root, terraformDir, env }) {
  return [
    { name: 'reference steps, nothing to change', steps: REFERENCE_STEPS, options: { cwd: terraformDir, env } },
    {
      name: 'terraform plan',
      steps: [['terraform', 'plan', VALUES, '-input=false']],
      options: { cwd: terraformDir, env },
    },
    { name: 'deploy, nothing to change', steps: DEPLOY, options: { cwd: root, env } },
  ];
}

/** A deployment that changes the value of one tag of one resource: the least there is to do, so the overhead shows. */
export function taggingSubjects({ root, terraformDir, env }) {
  const prepare = () => changeTag(terraformDir);
  const planFile = join(root, 'bench.tfplan');
  return [
    { name: 'reference steps, a tag changed', steps: REFERENCE_STEPS, options: { cwd: terraformDir, env }, prepare },
    {
      name: 'terraform plan and apply of the file',
      steps: [
        ['terraform', 'plan', VALUES, '-input=false', `-out=${planFile}`],
        ['terraform', 'apply', '-input=false', planFile],
      ],
      options: { cwd: terraformDir, env },
      prepare,
    },
    { name: 'deploy, a tag changed', steps: DEPLOY, options: { cwd: root, env }, prepare },
  ];
}

let changes = 0;

/** No variable changes nothing but a tag, so the copy of the configuration gets a tag that is new for every run. */
async function changeTag(terraformDir) {
  const file = join(terraformDir, 'modules/network/main.tf');
  const text = await readFile(file, 'utf8');
  changes += 1;
  const tag = `Benchmark = "${changes}"`;
  const changed = text.includes('Benchmark = "')
    ? text.replace(/Benchmark = "\d+"/, tag)
    : text.replace(/(resource "aws_vpc" "this" \{[^}]*?tags = \{)/, `$1 ${tag},`);
  if (!changed.includes(tag)) throw new Error(`${file} has no tags of aws_vpc.this to change`);
  await writeFile(file, changed);
}
