import type { EmulatorInstance } from '../ports/emulator.js';
import type { Ports } from '../ports/index.js';

/**
 * Starts the emulator and gives it what is older than the environments on real AWS: their DNS zones.
 * Returns the instance and the zones that were made.
 */
export async function startLocalAws(
  ports: Pick<Ports, 'catalog' | 'emulator' | 'hostedZones' | 'progress'>,
  options: {
    readonly port: number;
    /** Points this process, and with it the AWS clients, at the emulator. */
    readonly use: (instance: EmulatorInstance) => void;
  },
): Promise<{ readonly instance: EmulatorInstance; readonly started: boolean; readonly zones: readonly string[] }> {
  const bindings = await ports.catalog.bindAll();
  const names = new Map(
    bindings.flatMap(({ variables, region }) => {
      const zone = variables['hosted_zone_name'];
      return typeof zone === 'string' ? [[zone, region] as const] : [];
    }),
  );
  let result: { instance: EmulatorInstance; started: boolean } | undefined;
  await ports.progress.run([
    {
      title: 'Emulator',
      run: async (report) => {
        result = await ports.emulator.start({ port: options.port, announce: (message) => report.note(message) });
        report.result(`${result.started ? 'started' : 'already running'} at ${result.instance.endpoint}`);
        options.use(result.instance);
      },
    },
    {
      title: 'DNS zones',
      run: async (report) => {
        const made = [];
        for (const [name, region] of names) made.push(`${name} ${await ports.hostedZones.ensure({ region }, name)}`);
        report.result(made.length === 0 ? 'none asked for' : made.join(', '));
      },
    },
  ]);
  if (result === undefined) throw new Error('the emulator was not started');
  return { ...result, zones: [...names.keys()] };
}
