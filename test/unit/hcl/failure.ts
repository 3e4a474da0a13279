import { MhtctlError } from '../../../src/domain/errors.js';

/** The failure a promise ends with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<MhtctlError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof MhtctlError) return error;
    throw error;
  }
  throw new Error('expected a failure, but there was none');
}
