/** Imports run one way: commands -> services -> domain, adapters -> ports -> domain, presenters -> domain. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: allowed },
});
/** A boundary library is imported in one folder alone. */
const boundary = (library, folder) => ({
  name: `${library.replace(/[\\^]/g, '')} only in ${folder}`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${folder}/` },
  to: { path: `node_modules/${library}` },
});

export default {
  forbidden: [
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything imported is there', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('domain stands alone', '^src/domain/', '^src/domain/'),
    {
      name: 'domain does no I/O',
      severity: 'error',
      from: { path: '^src/domain/' },
      // A hash is computed and a text decompressed, not read or written.
      to: { dependencyTypes: ['core', 'npm'], pathNot: '^(node:)?(crypto|zlib)$' },
    },
    only('ports know the domain', '^src/ports/', '^src/(ports|domain)/'),
    only('services know ports and domain', '^src/services/', '^src/(services|ports|domain)/'),
    only('presenters know the domain', '^src/presenters/', '^src/(presenters|domain)/'),
    only('adapters know ports and domain', '^src/adapters/', '^src/(adapters|ports|domain)/'),
    only(
      'commands know services and presenters',
      '^src/commands/',
      '^src/(services|presenters|ports|domain)/|^src/(base-command|flags)\\.ts$',
    ),
    {
      name: 'only the runtime builds adapters',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(runtime\\.ts|adapters/)' },
      to: { path: '^src/adapters/' },
    },
    boundary('execa', 'adapters/process'),
    boundary('@inquirer', 'adapters/prompt'),
    boundary('listr2', 'adapters/progress'),
    boundary('@aws-sdk', 'adapters/aws'),
    boundary('openpgp', 'adapters/toolchain'),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
