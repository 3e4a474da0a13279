/** Lists the names of every environment's resources as the AWS tagging API knows them: the end of the demo. */
import { resourceLabel } from '../src/domain/resource-label.js';
import type { TaggedResource } from '../src/domain/separation/inventory.js';
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
  const { accountId } = await ports.identities.whoAmI(binding);
  const where = { accountId, region: binding.region, roleArn: binding.roleArn };
  const resources = new Map<string, TaggedResource>();
  for await (const page of ports.inventory.pages(where, { tag: 'Environment', values: [binding.name] }))
    for (const resource of page) resources.set(resource.arn, resource);
  const rows = [...resources.values()].map(resourceLabel).sort(([left], [right]) => (left < right ? -1 : 1));
  stdout.write(
    `\n${style.bold(binding.name)}: ${resources.size} tagged resources\n${table(['kind', 'name'], rows, style)}\n`,
  );
}
process.exit();
