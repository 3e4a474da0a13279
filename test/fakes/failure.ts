import { MhtctlError } from '../../src/domain/errors.js';

/** The failure that a call ends with; anything else fails the test. */
export async function failureOf(call: () => unknown): Promise<MhtctlError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof MhtctlError) return error;
    throw error;
  }
  throw new Error('expected a failure, but there was none');
}
