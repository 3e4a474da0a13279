import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EmulatorInstance } from '../../../src/ports/emulator.js';
import { startLocalAws } from '../../../src/services/start-local-aws.js';
import { bindingOf } from '../../fakes/bindings.js';
import { emulatorAt, fakePorts } from '../../fakes/ports.js';

let ports: ReturnType<typeof fakePorts>;
let used: EmulatorInstance[];

beforeEach(() => {
  ports = fakePorts();
  used = [];
  ports.catalog.bindings = [
    bindingOf('staging', { variables: { hosted_zone_name: 'example.com' }, region: 'eu-west-1' }),
    bindingOf('production', { variables: { hosted_zone_name: 'example.com' }, region: 'eu-west-1' }),
    bindingOf('dev', { variables: { hosted_zone_name: 'dev.test' } }),
    bindingOf('bare', { variables: {} }),
  ];
});

const start = () =>
  startLocalAws(ports, {
    port: 5005,
    use: (instance) => {
      used.push(instance);
      ports.journal.push('use');
    },
  });

describe('the local AWS', () => {
  it('is started, then used, and only then given the zones of all environments, each once', async () => {
    const result = await start();
    expect(ports.journal).toEqual([
      'emulator.start',
      'use',
      'hostedZones.ensure example.com',
      'hostedZones.ensure dev.test',
    ]);
    expect(result).toMatchObject({
      started: true,
      instance: { endpoint: 'http://127.0.0.1:5005' },
      zones: ['example.com', 'dev.test'],
    });
    expect(used).toEqual([result.instance]);
    expect([...ports.hostedZones.zones]).toEqual([
      ['example.com', 'eu-west-1'],
      ['dev.test', 'us-east-1'],
    ]);
    expect(ports.progress.heard('Emulator', 'note')).toEqual(['installing the emulator']);
  });

  it('that already runs is taken as it is, its zones made good', async () => {
    ports.emulator.running = emulatorAt('http://127.0.0.1:9');
    ports.hostedZones.zones.set('example.com', 'eu-west-1');
    expect(await start()).toMatchObject({ started: false, instance: { endpoint: 'http://127.0.0.1:9' } });
    expect(ports.progress.heard('Emulator', 'result')).toEqual(['already running at http://127.0.0.1:9']);
    expect(ports.progress.heard('DNS zones', 'result')).toEqual(['example.com already-there, dev.test created']);
  });

  it('needs no zones', async () => {
    ports.catalog.bindings = [bindingOf('bare', { variables: { hosted_zone_name: null } })];
    expect((await start()).zones).toEqual([]);
    expect(ports.progress.heard('DNS zones', 'result')).toEqual(['none asked for']);
  });
});
