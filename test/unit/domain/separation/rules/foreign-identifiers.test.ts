import { describe, expect, it } from '@jest/globals';
import { stateResources } from '../../../../../src/domain/separation/state-facts.js';
import {
  attributesAt,
  type Deployed,
  deployedOf,
  PRODUCTION_PARTS,
  STAGING_PARTS,
} from '../../../../fakes/separated-environments.js';
import { checkOf, failed, foundBy, judged } from '../judged.js';

const deployed = [deployedOf(PRODUCTION_PARTS), deployedOf(STAGING_PARTS)] as const;
const [production, staging] = deployed;

/** Attributes by which Terraform or AWS knows a resource, as far as the state has them. */
const IDENTIFYING = ['arn', 'id', 'url', 'key_id', 'security_group_rule_id'] as const;
const NAT = 'module.network.aws_nat_gateway.this["us-east-1a"]';

/** The address of the other environment's: that of a validation record has the name in it. */
const twinOf = (address: string, mine: Deployed, theirs: Deployed): string =>
  address.replace(dnsOf(mine), dnsOf(theirs));
const dnsOf = ({ environment }: Deployed) => String(environment.binding.variables['dns_name']);

/** Every resource of either state with one of these attributes, and the value that the other environment's has. */
const cases = (
  [
    [staging, production],
    [production, staging],
  ] as const
).flatMap(([mine, theirs]) =>
  stateResources(mine.environment)
    // A NAT gateway has nothing but its id.
    .filter(({ ids, address }) => ids.length > 0 && address !== NAT)
    .flatMap(({ address, instance }) =>
      IDENTIFYING.flatMap((attribute) => {
        const value = attributesAt(theirs, twinOf(address, mine, theirs))[attribute];
        return typeof instance.attributes[attribute] === 'string' && value !== undefined
          ? [{ environment: mine.environment.binding.name, address, attribute, value }]
          : [];
      }),
    ),
);

describe('an identifier of another environment in a state', () => {
  it.each(cases)('is found as a shared resource: $attribute of $address of $environment', (each) => {
    const { environment, address, attribute, value } = each;
    const attributes = { [environment]: { [address]: { [attribute]: value } } };
    const findings = foundBy('shared-resources', { deployed, attributes });
    const said = findings.flatMap(({ evidence }) => evidence);
    expect(said).toContainEqual(expect.stringContaining(`state of ${environment}: ${address}`));
  });

  it("is found in a record's name, too", () => {
    const attributes = { staging: { 'module.dns.aws_route53_record.this': { name: 'api.example.com' } } };
    expect(foundBy('shared-resources', { deployed, attributes })).toHaveLength(1);
  });

  it('is shown with the attribute that has it, and is to leave the state that it is wrong in', () => {
    const QUEUE = 'module.queues.aws_sqs_queue.this["feedback"]';
    const { url = '', arn } = attributesAt(production, QUEUE);
    const [finding, ...others] = foundBy('shared-resources', {
      deployed,
      attributes: { staging: { [QUEUE]: { id: url } } },
    });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      message: `${arn} is in the states of "production" and "staging"`,
      evidence: [`state of production: ${QUEUE}`, `state of staging: ${QUEUE}, by its id alone`],
      remedy: `leave it in one of them: mhtctl terraform staging -- state rm '${QUEUE}'`,
    });
  });

  it('leaves an orphan where the state has nothing else of its own', () => {
    const { id = '' } = attributesAt(production, NAT);
    const judgement = judged({ deployed, attributes: { staging: { [NAT]: { id } } } });
    expect(failed(judgement)).toEqual(['shared-resources', 'orphans']);
  });

  it('is not what has the same name in another region', () => {
    const group = (region: string) => ({
      address: 'aws_cloudwatch_log_group.x',
      type: 'aws_cloudwatch_log_group',
      attributes: { arn: `arn:aws:logs:${region}:111111111111:log-group:jobs`, id: 'jobs' },
    });
    const instances = { staging: [group('eu-west-1')], production: [group('us-east-1')] };
    expect(checkOf(judged({ deployed, instances }), 'shared-resources').findings).toEqual([]);
  });
});
