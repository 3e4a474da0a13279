import { describe, expect, it } from '@jest/globals';
import { readKey } from 'openpgp';
import { HASHICORP_PUBLIC_KEY } from '../../../src/adapters/toolchain/hashicorp-public-key.js';
import { HASHICORP } from '../../../src/adapters/toolchain/terraform-installer.js';

describe("HashiCorp's public key", () => {
  it('is the one with the published fingerprint', async () => {
    const key = await readKey({ armoredKey: HASHICORP_PUBLIC_KEY });
    expect(key.getFingerprint().toUpperCase()).toBe('C874011F0AB405110D02105534365D9472D7468F');
    expect(key.getFingerprint().toUpperCase().endsWith(HASHICORP.keyId)).toBe(true);
  });

  it('could sign when the version to install was released', async () => {
    const key = await readKey({ armoredKey: HASHICORP_PUBLIC_KEY });
    const signing = await key.getSigningKey(undefined, new Date('2025-04-09T00:00:00Z'));
    expect(signing.getFingerprint()).toBe('374ec75b485913604a831cc7c820c6d5cd27ab87');
  });
});
