import { describe, expect, it } from '@jest/globals';
import { isSupportedTerraform, TERRAFORM_TO_INSTALL } from '../../../src/domain/terraform-version.js';

describe('the supported Terraform versions', () => {
  it.each(['1.11.0', '1.11.4', '1.12.0', '1.99.1', TERRAFORM_TO_INSTALL])('include %s', (version) => {
    expect(isSupportedTerraform(version)).toBe(true);
  });

  it.each(['1.10.9', '0.15.0', '2.0.0', '2.11.4', '11.11.0', '1.12.0-beta1', '1.11', '', 'v1.11.4'])(
    'leave out "%s"',
    (version) => {
      expect(isSupportedTerraform(version)).toBe(false);
    },
  );
});
