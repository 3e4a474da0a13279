import type { Binding } from '../environment.js';

/**
 * Variables that say how software is to run, of which "production" is the value in every environment that is deployed.
 * Others, such as APP_ENV, say in which one it runs.
 * Sources: https://nodejs.org/en/learn/getting-started/nodejs-the-difference-between-development-and-production,
 * https://guides.rubyonrails.org/configuring.html#rails-environment-settings
 */
const RUN_MODES: ReadonlySet<string> = new Set(['NODE_ENV', 'RAILS_ENV', 'RACK_ENV']);

/** Whether a text is no environment's name, though it looks like one, but the mode that software runs in. */
export function isRunMode(path: string, text: string, bindings: readonly Binding[]): boolean {
  const key = path.replace(/\[\d+\]/g, '').replace(/^.*\./s, '');
  return RUN_MODES.has(key) && bindings.some(({ name }) => name === text.toLowerCase());
}
