import { CreateHostedZoneCommand, ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { Route53HostedZones } from '../../../src/adapters/aws/route53-hosted-zones.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { RecordedAws } from '../../support/recorded-aws.js';

const zones = new Route53HostedZones(new ClientConfigurations());
const region = 'us-east-1';

describe('the hosted zone', () => {
  let aws: EmulatedAws;
  let route53: Route53Client;
  const names = async () =>
    ((await route53.send(new ListHostedZonesCommand())).HostedZones ?? []).map(({ Name }) => Name).sort();

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    route53 = new Route53Client();
  });

  afterAll(async () => {
    route53.destroy();
    await aws.stop();
  });

  beforeEach(() => aws.reset());

  it('is made once, however often it is asked for', async () => {
    expect(await zones.ensure({ region }, 'example.com')).toBe('created');
    expect(await zones.ensure({ region }, 'example.com')).toBe('already-there');
    expect(await names()).toEqual(['example.com.']);
  });

  it.each(['example.com.au', 'api.example.com', 'myexample.com', 'example.co'])(
    'is made beside %s, whose name is only alike',
    async (other) => {
      await zones.ensure({ region }, other);
      expect(await zones.ensure({ region }, 'example.com')).toBe('created');
      expect(await names()).toEqual(['example.com.', `${other}.`].sort());
    },
  );

  it('is made beside a private zone of the same name', async () => {
    await route53.send(
      new CreateHostedZoneCommand({
        Name: 'example.com',
        CallerReference: 'private',
        HostedZoneConfig: { PrivateZone: true },
        VPC: { VPCRegion: region, VPCId: 'vpc-0123456789abcdef0' },
      }),
    );
    expect(await zones.ensure({ region }, 'example.com')).toBe('created');
    expect(await zones.ensure({ region }, 'example.com')).toBe('already-there');
  });

  it('is made where AWS lists the zone that comes next in its order', async () => {
    const zone = (name: string) => `<HostedZone><Id>/hostedzone/Z111111QQQQQQQ</Id><Name>${name}</Name>
      <CallerReference>x</CallerReference></HostedZone>`;
    const recorded = await RecordedAws.start(({ method }) =>
      method === 'POST'
        ? {
            status: 201,
            body: `<CreateHostedZoneResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">${zone('example.com.')}
              <ChangeInfo><Id>/change/C1</Id><Status>PENDING</Status><SubmittedAt>2026-01-01T00:00:00Z</SubmittedAt></ChangeInfo>
              <DelegationSet><NameServers><NameServer>ns-1.awsdns-1.com</NameServer></NameServers></DelegationSet>
              </CreateHostedZoneResponse>`,
          }
        : {
            status: 200,
            body: `<ListHostedZonesByNameResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">
              <HostedZones>${zone('example.com.au.')}</HostedZones><IsTruncated>false</IsTruncated><MaxItems>1</MaxItems>
              </ListHostedZonesByNameResponse>`,
          },
    );
    const environment = new CallerEnvironment();
    environment.set({ AWS_ENDPOINT_URL: recorded.endpoint });
    try {
      expect(await zones.ensure({ region }, 'example.com')).toBe('created');
      expect(recorded.asked.find(({ method }) => method === 'POST')?.body).toContain('<Name>example.com</Name>');
    } finally {
      environment.restore();
      await recorded.stop();
    }
  });
});
