const KEY = String.raw`\[(?:\d+|"(?:[^"\\]|\\.)*")\]`;
const MODULES = new RegExp(`^(?:module\\.[^.[]+(?:${KEY})?\\.)+`);
const LAST_KEY = new RegExp(`${KEY}$`);

/** Address of the module a resource stands in, such as `module.alb[0]`; empty for the root module. */
export function moduleOf(address: string): string {
  return MODULES.exec(address)?.[0].slice(0, -1) ?? '';
}

/** The address without the key of its instance: what the configuration declares once, by `count` or `for_each`. */
export function declarationOf(address: string): string {
  return address.replace(LAST_KEY, '');
}
