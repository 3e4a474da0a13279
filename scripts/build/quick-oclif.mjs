import { readFile } from 'node:fs/promises';

/**
 * oclif loads these for projects without a manifest, and semver to judge the version of Node, which we do. They are left
 * outside the bundle and loaded when a line first uses them, which is never.
 */
export const NEVER_USED = ['lilconfig', 'minimatch', 'semver', 'tinyglobby'];

/** What each start would pay for and does not need. Should oclif be written otherwise one day, it is paid for again. */
const REWRITTEN = [
  {
    written: new RegExp(`^const (\\w+) = (require\\("(?:${NEVER_USED.join('|')})"\\));$`, 'gm'),
    better: 'const $1 = new Proxy({}, { get: (_, key) => $2[key] });',
  },
  // package.json names its plugins in full, not by a pattern.
  { written: 'patterns.some((w) => (0, minimatch_1.minimatch)(p, w))', better: 'patterns.includes(p)' },
  // The ids of commands are ASCII; the first comparison by language loads its data, 4 ms.
  { written: 'a.id.localeCompare(b.id)', better: '(a.id < b.id ? -1 : 1)' },
];

/** Lets oclif start without what a command line with a manifest, and plugins named in full, does not need. */
export const quickOclif = {
  name: 'quick-oclif',
  setup({ onLoad }) {
    onLoad({ filter: /@oclif[\\/]core[\\/]lib[\\/].*\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const { written, better } of REWRITTEN) contents = contents.replace(written, better);
      return { contents };
    });
  },
};
