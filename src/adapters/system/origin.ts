import { hostname, userInfo } from 'node:os';
import { originOf } from '../../domain/origin.js';

/** Where this process runs; see `originOf`. */
export function originOfProcess(environment: NodeJS.ProcessEnv): string {
  return originOf(environment, { user: userName(environment), host: hostname() });
}

/** A container may run under a number that no user has. */
function userName(environment: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username;
  } catch {
    return environment['USER'] ?? `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
