import type { Binding } from '../domain/environment.js';
import type { Identity } from '../domain/identity.js';

/** Tells whose credentials are in use. */
export interface IdentitySource {
  /**
   * The caller's identity in the environment, its role assumed when it names one.
   * Fails (exit 5) with `CredentialsMissing`, `CredentialsExpired` or `AwsUnreachable`, and (exit 7) with `RoleRefused`.
   */
  whoAmI(binding: Binding): Promise<Identity>;
}
