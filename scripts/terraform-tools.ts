/** Prints where Terraform is and the variables it needs here, installing it when it is missing: for `npm test`. */
import { createRuntime } from '../src/runtime.js';

const { stdin, stderr, stdout, env } = process;
const { toolchain } = await createRuntime({
  workingDirectory: process.cwd(),
  environment: env,
  stdin,
  stderr,
  animated: false,
});
const { path } = await toolchain.terraform((message) => stderr.write(`${message}\n`));
stdout.write(`${JSON.stringify({ path, variables: await toolchain.cliConfiguration() })}\n`);
