/** A provider's block in the lock file, as Terraform itself writes it: the address on one line, the version below. */
const PROVIDER = /^provider "([^"]+)" \{\s*\n\s*version\s*=\s*"([^"]+)"/gm;

/**
 * The provider versions of a `.terraform.lock.hcl`, by provider address.
 * Source of the layout: https://developer.hashicorp.com/terraform/language/files/dependency-lock
 */
export function lockedProviders(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(PROVIDER)].map(([, address = '', version = '']) => [address, version]));
}
