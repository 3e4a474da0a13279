import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { StsIdentitySource } from '../../../src/adapters/aws/sts-identity-source.js';
import { bindingOf } from '../../support/bindings.js';
import { EMULATED_ACCOUNT, EmulatedAws } from '../../support/emulated-aws.js';

describe('the identity', () => {
  let aws: EmulatedAws;
  const identities = new StsIdentitySource(new ClientConfigurations());

  beforeAll(async () => {
    aws = await EmulatedAws.start();
  });

  afterAll(() => aws.stop());

  it("is the caller's own without a role", async () => {
    const { accountId, arn } = await identities.whoAmI(bindingOf('staging'));
    expect(accountId).toBe(EMULATED_ACCOUNT);
    expect(arn).toContain(`::${EMULATED_ACCOUNT}:`);
  });

  it("is that of the environment's role, in the account of the role", async () => {
    const roleArn = 'arn:aws:iam::210987654321:role/deploy';
    const { accountId, arn } = await identities.whoAmI(bindingOf('staging', { roleArn }));
    expect(accountId).toBe('210987654321');
    expect(arn).toMatch(/^arn:aws:sts::210987654321:assumed-role\/deploy\//);
  });

  it('of one environment does not depend on the role of another', async () => {
    const roles = ['210987654321', '098765432109'];
    const accounts = await Promise.all(
      roles.map((account) =>
        identities.whoAmI(bindingOf('staging', { roleArn: `arn:aws:iam::${account}:role/deploy` })),
      ),
    );
    expect(accounts.map(({ accountId }) => accountId)).toEqual(roles);
  });
});
