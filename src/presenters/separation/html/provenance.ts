import type { SeparationReport } from '../../../domain/separation/report.js';
import { joined, type Markup, markup, NOTHING } from '../markup.js';

type Origin = SeparationReport['provenance']['environments'][string];

/** Where the evidence comes from: the states, who asked, when, of which commit, the digest, and who signed it. */
export function provenanceMarkup({ provenance, digest, signature }: SeparationReport): Markup {
  const { gatheredAt, commit, environments } = provenance;
  const of = commit === null ? 'none' : `${commit.hash}${commit.dirty ? ', with uncommitted changes' : ''}`;
  const signed =
    signature === undefined
      ? markup`<dt>Signature</dt><dd>none</dd>`
      : markup`<dt>Signature</dt><dd>by <code>${signature.keyArn}</code>, ${signature.algorithm}: <code>${signature.value}</code></dd>`;
  return markup`<section aria-labelledby="provenance"><h2 id="provenance">Where the evidence comes from</h2>
<dl><dt>Digest</dt><dd><code>${digest}</code></dd><dt>Gathered</dt><dd><time datetime="${gatheredAt}">${gatheredAt}</time></dd><dt>Commit</dt><dd><code>${of}</code></dd>${signed}</dl>
<div class="scroll" tabindex="0"><table aria-labelledby="provenance"><thead><tr><th scope="col">Environment</th><th scope="col">Asked as</th><th scope="col">State</th></tr></thead><tbody>
${joined(Object.entries(environments).map(originMarkup))}
</tbody></table></div>
<p class="small">The digest is over the report in JSON, which <code>mhtctl verify-separation --check FILE</code> verifies.</p></section>`;
}

function originMarkup([name, { identity, region, state }]: readonly [string, Origin]): Markup {
  const who =
    identity === null
      ? markup`AWS was not asked`
      : markup`<code>${identity.arn}</code><br>account ${identity.accountId}, ${region}`;
  const version =
    state === null || state.versionId === null ? NOTHING : markup`<br>version <code>${state.versionId}</code>`;
  const read =
    state === null
      ? markup`none`
      : markup`<code>${state.location}</code><br>serial ${state.serial}, lineage <code>${state.lineage}</code>${version}<br><code>${state.digest}</code>`;
  return markup`<tr><th scope="row">${name}</th><td class="wide">${who}</td><td class="wide">${read}</td></tr>`;
}
