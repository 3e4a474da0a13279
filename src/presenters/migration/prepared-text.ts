import type { RecordTask } from '../../domain/migration/dns-records.js';
import { describePlace } from '../../domain/migration/former-state.js';
import { describeEvidence } from '../../domain/migration/identify.js';
import type { MigrationView } from '../../domain/migration/view.js';
import { printable } from '../printable.js';
import type { Style } from '../style.js';
import { wrap } from '../wrap.js';

const TASKS: Readonly<Record<RecordTask, string>> = {
  none: 'as it should be',
  change: 'to be changed',
  create: 'to be made',
  'made-by-deploy': 'is made when the environment is deployed',
  'remove-first': 'exists: remove it before the environment is deployed, which makes it anew',
  'not-checked': 'not checked',
};

/** A migration as it was rehearsed: what the live stack is, what would move, what differs, and the DNS records. */
export function migrationText(view: MigrationView, style: Style): string {
  const { binding, former, identification, adoption, differences, byHand, notChecked, dns } = view;
  const to = `s3://${binding.backend.bucket}/${binding.backend.key}`;
  const line = (text: string, indent = 6) => wrap(printable(text), style.width, indent);
  return [
    style.bold(`The live stack is ${binding.name}, and stays it`),
    line(`  from ${describePlace(former.place)} (lineage ${former.state.lineage}, serial ${former.state.serial})`),
    line(`  to   ${to} (a lineage of its own)`),
    ...identification.evidence.map((evidence) => style.dim(line(`  ${describeEvidence(evidence)}`))),
    ...(identification.overridden === null ? [] : [line(`  against the evidence: ${identification.overridden}`)]),
    ...adoption.moves.map(({ from, to: address }) => line(`  → ${from}  is ${address} now`)),
    ...adoption.imports.map(({ to: address, id }) => style.green(line(`  ↓ ${address}  takes over ${id}`))),
    ...byHand.map(({ address, reason }) => style.yellow(line(`  ! by hand: ${address}: ${reason}`))),
    ...notChecked.map((what) => style.yellow(line(`  · not checked whether more exists: ${what}`))),
    ...differences.flatMap(({ address, kind, attribute, live, configured, fix }) => [
      style.red(line(`  ✖ ${kind} ${address}${attribute === null ? '' : ` ${attribute}`}`)),
      ...(attribute === null
        ? []
        : [line(`      live ${live ?? '(not shown)'}, configured ${configured ?? '(not set)'}`, 8)]),
      line(`      ${fix}`, 8),
    ]),
    differences.length === 0
      ? style.green('  the plan is empty: nothing in AWS would be changed')
      : style.red('  the plan is not empty: the configuration is not what is live'),
    ...dns.map((record) => line(`  DNS ${dnsText(record)}`)),
  ].join('\n');
}

function dnsText({ environment, name, pointsAt, wanted, task }: MigrationView['dns'][number]): string {
  const now = pointsAt.length === 0 ? '' : ` points at ${pointsAt.join(', ')};`;
  const target = wanted === null || task === 'none' ? '' : ` at ${wanted}`;
  return `${name} (${environment})${now} ${TASKS[task]}${target}`;
}
