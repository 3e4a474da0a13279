/** Lists the names of every environment's resources as the AWS tagging API knows them: the end of the demo. */
import { resourceLabel } from '../src/domain/resource-label.js';
import { textStyle } from '../src/presenters/style.js';
import { table } from '../src/presenters/table.js';
import { createRuntime } from '../src/runtime.js';

const { stdin, stderr, stdout, env } = process;
const ports = await createRuntime({
  workingDirectory: process.cwd(),
  environment: env,
  stdin,
  stderr,
  animated: false,
});
const style = textStyle(stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '');
for (const binding of await ports.catalog.bindAll()) {
  const resources = await ports.inventory.taggedWithEnvironment(binding);
  const rows = resources.map(resourceLabel).sort(([left], [right]) => (left < right ? -1 : 1));
  stdout.write(
    `\n${style.bold(binding.name)}: ${resources.length} tagged resources\n${table(['kind', 'name'], rows, style)}\n`,
  );
}
process.exit();
