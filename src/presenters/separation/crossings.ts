import type { Edge, SeparationReport } from '../../domain/separation/report.js';

/** What one rule found to lead from one environment to another. */
export interface Crossing {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  /** Whether both environments are in it alike. */
  readonly mutual: boolean;
  /** The resources at either end, connection by connection. */
  readonly edges: readonly Edge[];
}

/** The connections between environments by rule and direction, in the order of the report. */
export function crossingsOf({ checks, edges }: Pick<SeparationReport, 'checks' | 'edges'>): readonly Crossing[] {
  const mutual = new Set(
    checks.flatMap(({ id, findings }) =>
      findings.flatMap(({ environment, other, resource, ...finding }) =>
        finding.mutual === true ? [JSON.stringify([id, environment, other, resource ?? environment])] : [],
      ),
    ),
  );
  const found = new Map<string, { readonly mutual: boolean; readonly edges: [Edge, ...Edge[]] }>();
  for (const edge of edges) {
    const { rule, from, to } = edge;
    const isMutual = mutual.has(JSON.stringify([rule, from.environment, to.environment, from.resource]));
    const key = JSON.stringify([rule, from.environment, to.environment, isMutual]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { mutual: isMutual, edges: [edge] });
    else known.edges.push(edge);
  }
  return [...found.values()].map((crossing) => {
    const [{ rule, from, to }] = crossing.edges;
    return { rule, from: from.environment, to: to.environment, ...crossing };
  });
}
