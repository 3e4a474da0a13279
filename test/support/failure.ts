import { MhtctlError } from '../../src/domain/errors.js';

/** The failure that the promise ends with; whatever else it does fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<MhtctlError> {
  const end = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in end && end.error instanceof MhtctlError) return end.error;
  if ('error' in end) throw end.error;
  throw new Error(`a failure was expected, but it returned ${JSON.stringify(end.value)}`);
}
