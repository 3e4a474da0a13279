/** Unit and integration tests run from the TypeScript sources; the end-to-end suite runs the built command line. */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // As in the build.
    '^openpgp$': '<rootDir>/node_modules/openpgp/dist/lightweight/openpgp.mjs',
  },
  clearMocks: true,
};

export default {
  randomize: true,
  // Real tools on a busy machine; every wait inside a test has a shorter deadline of its own that says what it was for.
  testTimeout: 180_000,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
    { ...shared, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.test.ts'] },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
  ],
};
