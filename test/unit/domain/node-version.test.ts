import { describe, expect, it } from '@jest/globals';
import { isSupportedNode } from '../../../src/domain/node-version.js';

describe('the version of Node.js', () => {
  it.each(['v20.12.0', 'v20.12.1', 'v20.20.2', 'v21.0.0', 'v22.0.0', 'v24.1.0', '20.12.0', 'v100.0.0'])(
    '%s is supported',
    (version) => {
      expect(isSupportedNode(version)).toBe(true);
    },
  );

  it.each(['v20.11.1', 'v20.2.0', 'v20', 'v18.20.4', 'v9.99.0', 'v2.12.0', '', 'garbage'])('%s is not', (version) => {
    expect(isSupportedNode(version)).toBe(false);
  });
});
