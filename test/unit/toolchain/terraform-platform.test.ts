import { describe, expect, it } from '@jest/globals';
import { terraformPlatform } from '../../../src/adapters/toolchain/terraform-platform.js';

describe('the platform in the name of a release', () => {
  it.each([
    ['linux', 'x64', 'linux_amd64'],
    ['darwin', 'arm64', 'darwin_arm64'],
    ['win32', 'x64', 'windows_amd64'],
  ])('of %s %s is %s', (os, arch, name) => {
    const platform = terraformPlatform(os, arch);
    expect(`${platform?.os}_${platform?.arch}`).toBe(name);
  });

  it.each([
    ['aix', 'x64'],
    ['linux', 'ia32'],
  ])('of %s %s is none', (os, arch) => {
    expect(terraformPlatform(os, arch)).toBeNull();
  });
});
