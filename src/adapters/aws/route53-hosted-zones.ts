import type { Binding } from '../../domain/environment.js';
import type { HostedZones } from '../../ports/hosted-zones.js';
import { awsFailure } from './aws-failure.js';
import type { ClientConfigurations } from './client-configuration.js';

/** Hosted zones by the Route 53 API. */
export class Route53HostedZones implements HostedZones {
  readonly #configurations: ClientConfigurations;

  constructor(configurations: ClientConfigurations) {
    this.#configurations = configurations;
  }

  async ensure(binding: Pick<Binding, 'region'>, name: string): Promise<'created' | 'already-there'> {
    const { Route53Client, CreateHostedZoneCommand, ListHostedZonesByNameCommand } = await import('./sdk/route53.js');
    const client = new Route53Client(await this.#configurations.of({ region: binding.region, roleArn: undefined }));
    try {
      const { HostedZones = [] } = await client.send(new ListHostedZonesByNameCommand({ DNSName: name }));
      const there = HostedZones.some(({ Name, Config }) => Name === `${name}.` && Config?.PrivateZone !== true);
      if (there) return 'already-there';
      await client.send(new CreateHostedZoneCommand({ Name: name, CallerReference: `mhtctl-${Date.now()}` }));
      return 'created';
    } catch (error) {
      throw awsFailure(error, 'route53:CreateHostedZone', name);
    } finally {
      client.destroy();
    }
  }
}
