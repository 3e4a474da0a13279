import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { Evidence } from '../domain/separation/evidence.js';
import { type Judgement, judgeSeparation } from '../domain/separation/judge.js';
import type { Provenance, SeparationReport } from '../domain/separation/report.js';
import { digestOfReport } from '../domain/separation/seal.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { gatherSeparationEvidence } from './gather-separation-evidence.js';

type Needed = Pick<
  Ports,
  | 'awsFacts'
  | 'catalog'
  | 'clock'
  | 'configuration'
  | 'identities'
  | 'interruption'
  | 'inventory'
  | 'progress'
  | 'repository'
  | 'signer'
  | 'stateStore'
>;

/** What to verify. */
export interface VerifyOptions {
  /** Environments to compare with each other; one is compared with every other, none means all. */
  readonly environments: readonly string[];
  /** KMS key to sign the report with. */
  readonly signingKey?: string | undefined;
}

/** Gathers the evidence, judges it and seals the answer. Changes nothing. */
export async function verifySeparation(ports: Needed, options: VerifyOptions): Promise<SeparationReport> {
  const wanted = [...new Set(options.environments)];
  const [about] = wanted.length === 1 ? wanted : [];
  // The name is checked before it is compared with everything else.
  if (about !== undefined) await ports.catalog.bindForComparison([about]);
  const bindings = await ports.catalog.bindForComparison(about === undefined ? wanted : []);
  refuseFewerThanTwo(bindings);
  // Git is asked while AWS is.
  const commit = ports.awsFacts.prepare().then(() => ports.repository.describe());
  commit.catch(() => undefined);

  let judged: { readonly evidence: Evidence; readonly judgement: Judgement } | undefined;
  await ports.progress.run([
    {
      title: `Look at ${bindings.map(({ name }) => name).join(', ')}`,
      run: async (report) => {
        const evidence = await abandonOnInterrupt(
          ports.interruption,
          gatherSeparationEvidence(ports, bindings, report),
        );
        judged = { evidence, judgement: judgeSeparation(evidence, about) };
        report.result(`${evidence.facts.resources.length} resources, ${evidence.facts.relations.length} connections`);
      },
    },
  ]);
  if (judged === undefined) throw new Error('nothing was judged');
  const { hash, dirtyFiles } = (await commit) ?? { hash: null, dirtyFiles: [] };
  const content = {
    ...judged.judgement,
    provenance: provenanceOf(
      judged.evidence,
      ports.clock.now(),
      hash === null ? null : { hash, dirty: dirtyFiles.length > 0 },
    ),
  };
  const report: SeparationReport = { ...content, digest: digestOfReport(content) };
  if (options.signingKey === undefined) return report;
  const [first] = bindings;
  if (first === undefined) throw new Error('there is no environment');
  return { ...report, signature: await ports.signer.sign(first, options.signingKey, report.digest) };
}

/** Where the evidence comes from. */
export function provenanceOf(evidence: Evidence, gatheredAt: Date, commit: Provenance['commit']): Provenance {
  return {
    gatheredAt: gatheredAt.toISOString(),
    commit,
    environments: Object.fromEntries(
      evidence.environments.map(({ binding, identity, state }) => [
        binding.name,
        {
          identity,
          region: binding.region,
          location: binding.variableSources['environment']?.location ?? null,
          state:
            state === null
              ? null
              : {
                  location: `s3://${binding.backend.bucket}/${binding.backend.key}`,
                  lineage: state.state.lineage,
                  serial: state.state.serial,
                  versionId: state.versionId,
                  digest: state.digest,
                  types: countsOf(state.state.instances.map(({ type }) => type)),
                },
        },
      ]),
    ),
  };
}

function countsOf(values: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function refuseFewerThanTwo(bindings: readonly Binding[]): void {
  if (bindings.length > 1) return;
  throw new MhtctlError({
    code: 'NothingToCompare',
    outcome: 'usage',
    message: `there is only one environment, "${bindings[0]?.name}"; separation is between two or more`,
    nextSteps: ['mhtctl status'],
  });
}
