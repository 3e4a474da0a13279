/** The Node.js versions mhtctl runs on, as `package.json` says. */
export const SUPPORTED_NODE = '>= 20.12';

/** Whether a version like `v20.20.2` is in {@link SUPPORTED_NODE}. */
export function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 12);
}
