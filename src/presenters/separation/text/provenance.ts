import type { SeparationReport } from '../../../domain/separation/report.js';
import type { Style } from '../../style.js';
import { listed } from '../words.js';
import { aside } from './lines.js';

/** Where the evidence comes from: the states, who asked, when, of which commit, and the digest over it all. */
export function provenanceText({ provenance, digest, signature }: SeparationReport, style: Style): string {
  const { gatheredAt, commit, environments } = provenance;
  const states = Object.entries(environments).map(([name, { state }]) =>
    state === null ? `${name}: no state` : `${name}, serial ${state.serial}: ${state.location}`,
  );
  const of = commit === null ? 'no commit' : `commit ${commit.hash}${commit.dirty ? ', with uncommitted changes' : ''}`;
  return [
    ...states,
    ...identityLines(provenance),
    `at ${gatheredAt}, ${of}`,
    digest,
    ...(signature === undefined ? [] : [`signed by ${signature.keyArn} (${signature.algorithm})`]),
  ]
    .map((line) => aside(line, 2, style, 2))
    .join('\n');
}

/** Who asked, each once, with the environments where they differ. */
function identityLines({ environments }: SeparationReport['provenance']): readonly string[] {
  const askers = new Map<string, string[]>();
  for (const [name, { identity }] of Object.entries(environments)) {
    const who = identity === null ? 'AWS was not asked' : `asked as ${identity.arn}`;
    askers.set(who, [...(askers.get(who) ?? []), name]);
  }
  return [...askers].map(([who, names]) => (askers.size === 1 ? who : `${who} for ${listed(names)}`));
}
