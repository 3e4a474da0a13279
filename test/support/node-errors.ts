import { types } from 'node:util';

/**
 * Makes `instanceof Error` true for errors of Node's own modules, as it is outside of Jest: there they come from another
 * realm than the code under test, and the AWS SDK would wrap each and lose its code. Returns what takes it back.
 */
export function recogniseNodeErrors(): () => void {
  const inherited = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(Error, Symbol.hasInstance, {
    configurable: true,
    value(this: unknown, candidate: unknown): boolean {
      return inherited.call(this, candidate) || (this === Error && types.isNativeError(candidate));
    },
  });
  return () => Reflect.deleteProperty(Error, Symbol.hasInstance);
}
