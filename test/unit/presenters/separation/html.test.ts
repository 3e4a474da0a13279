import { describe, expect, it } from '@jest/globals';
import { printable } from '../../../../src/presenters/printable.js';
import { separationHtml } from '../../../../src/presenters/separation/html.js';
import {
  CLEAN,
  FIVE,
  findingOf,
  HOSTILE,
  HOSTILE_REPORT,
  reportOf,
  UNPROVEN,
  VIOLATED,
} from '../../../fakes/separation-reports.js';
import { type Element, elementsOf, markupTree, named } from './markup-tree.js';

const REPORTS = Object.entries({ CLEAN, VIOLATED, UNPROVEN, FIVE, HOSTILE_REPORT });
const page = (report: Parameters<typeof separationHtml>[0]): Element => markupTree(separationHtml(report));
const matrix = (root: Element): Element =>
  named(root, 'table').find(({ attributes }) => attributes['class'] === 'matrix') ?? root;
const rowOf = (root: Element, id: string): Element | undefined =>
  named(matrix(root), 'tr').find((row) => named(row, 'code').some(({ text }) => text === id));

describe('the page of a report', () => {
  it.each(REPORTS)('is whole and well-formed, and needs nothing from anywhere: %s', (_, report) => {
    const root = page(report);
    const names = new Set(elementsOf(root).map(({ name }) => name));
    for (const active of ['script', 'iframe', 'object', 'embed', 'img', 'link', 'form', 'foreignObject']) {
      expect(names).not.toContain(active);
    }
    for (const { attributes } of elementsOf(root)) {
      for (const [name, value] of Object.entries(attributes)) {
        expect(name).not.toMatch(/^on|^src$|^style$/);
        if (name === 'href') expect(value).toMatch(/^#check-/);
        expect(value).not.toMatch(/^javascript:/i);
      }
    }
    const [style] = named(root, 'style');
    expect(style?.text).not.toMatch(/url\(|@import/);
    const policy = named(root, 'meta').find((meta) => meta.attributes['http-equiv'] === 'Content-Security-Policy');
    expect(policy?.attributes['content']).toContain("default-src 'none'");
  });

  it.each(REPORTS)('is told apart by those who hear it: %s', (_, report) => {
    const root = page(report);
    expect(root.attributes['lang']).toBe('en');
    expect(named(root, 'title')[0]?.text).toContain(report.verdict);
    expect(named(root, 'h1')).toHaveLength(1);
    const ids = elementsOf(root).flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of elementsOf(root)) {
      for (const id of (attributes['aria-labelledby'] ?? '').split(' ').filter((each) => each !== '')) {
        expect(ids).toContain(id);
      }
      if (attributes['href'] !== undefined) expect(ids).toContain(attributes['href'].slice(1));
    }
    for (const cell of named(root, 'th')) expect(cell.attributes['scope']).toMatch(/^(?:row|col)$/);
  });

  it.each([
    ['separated', CLEAN, '✔'],
    ['violated', VIOLATED, '✖'],
    ['unproven', UNPROVEN, '?'],
  ] as const)('begins with the verdict in a sign, a word and a sentence: %s', (verdict, report, sign) => {
    const [header] = named(page(report), 'header');
    expect(named(header ?? page(report), 'strong')[0]?.text).toBe(`${sign} ${verdict}`);
    expect(header?.text).toContain(report.digest);
  });

  it.each(REPORTS)('has every check in the matrix, with its answer in words: %s', (_, report) => {
    const root = page(report);
    for (const { id, status, informational } of report.checks) {
      const row = rowOf(root, id);
      const cells = named(row ?? root, 'td').map(({ text }) => text);
      if (informational) continue;
      const word = { pass: '✔ pass', fail: '✖ fail', unknown: '? not known' }[status];
      expect(cells).toContain(word);
      if (status === 'pass') expect(cells.slice(0, -1).every((cell) => cell === word)).toBe(true);
    }
  });

  it('has an answer for each column, and says which pairs stand in it', () => {
    const root = page(FIVE);
    expect(named(matrix(root), 'tr')[0]?.children.map(({ text }) => text)).toEqual([
      'Check',
      'production ↔ staging',
      'training ↔ every other',
      'the 5 other pairs',
      'Found',
    ]);
    expect(
      rowOf(root, 'network')
        ?.children.map(({ text }) => text)
        .slice(1),
    ).toEqual(['✖ fail', '✔ pass', '✔ pass', '3']);
    expect(root.text).toContain('the 5 other pairs: dev ↔ production, dev ↔ qa, dev ↔ staging, production ↔ qa');
  });

  it('numbers columns that have no room for their names', () => {
    const environments = ['a', 'b', 'c', 'd'];
    const rules = ['backends', 'names', 'network'];
    const pairs = environments.flatMap((one, index) =>
      environments.slice(index + 1).map((other) => [one, other] as const),
    );
    const found = Object.fromEntries(
      rules.map((rule, bit) => [
        rule,
        pairs
          .filter((_, index) => (((index + 1) >> bit) & 1) === 1)
          .map(([environment, other]) => findingOf({ environment, other })),
      ]),
    );
    const root = page(reportOf({ environments, found }));
    expect(named(matrix(root), 'tr')[0]?.children.map(({ text }) => text)).toEqual([
      'Check',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      'Found',
    ]);
    expect(root.text).toContain('1 a ↔ b');
  });

  it.each(REPORTS)('tells of every finding what, why, where, what was read and what mends it: %s', (_, report) => {
    const { text } = page(report);
    for (const { findings, why } of report.checks) {
      for (const { message, resource, evidence, remedy, location } of findings) {
        for (const said of [message, why, resource ?? '', ...evidence]) expect(text).toContain(printable(said));
        for (const word of printable(remedy).split(/[;\s]+/)) expect(text).toContain(word);
        if (location !== null) expect(text).toContain(`${printable(location.file)}:${location.line}`);
      }
    }
  });

  it('sets off the commands that mend, to be pasted', () => {
    const commands = elementsOf(page(VIOLATED))
      .filter(({ attributes }) => attributes['class'] === 'command')
      .map(({ text }) => text);
    expect(commands).toContain(
      'aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id pcx-0a1b2c3d4e5f60718',
    );
    expect(commands).toContain('mhtctl plan staging');
  });

  it('says what is not known, the permission that is missing, and each thing that was asked', () => {
    const { text } = page(UNPROVEN);
    expect(text.match(/kms:GetKeyPolicy is denied/g)).toHaveLength(1);
    expect(text).toContain('identity and encryption');
    expect(text).toContain('allow kms:GetKeyPolicy to arn:aws:sts::123456789012:assumed-role/separation-reader/ci');
    for (const { gaps } of UNPROVEN.checks) for (const { reason } of gaps) expect(text).toContain(reason);
    expect(text).toContain('Not all was seen between production ↔ staging');
  });

  it('shows what is only information apart', () => {
    const root = page(reportOf({ found: { parity: [findingOf({ message: 'uneven' })] } }));
    const section = named(root, 'section').find(({ attributes }) => attributes['aria-labelledby'] === 'notes');
    expect(section?.text).toContain('no part of the verdict');
    expect(section?.text).toContain('uneven');
    expect(rowOf(root, 'parity')?.text).toContain('no part of the verdict');
    expect(named(root, 'h2').map(({ text }) => text)).not.toContain('Findings');
  });

  it('counts what was looked at and lists all that was not', () => {
    const uncheckable = Array.from({ length: 40 }, (_, index) => ({
      resource: `module.a.b[${index}].`,
      reason: 'gone',
    }));
    const coverage = { staging: { inState: 1000, checked: 960, uncheckable } };
    const root = page({ ...CLEAN, coverage });
    const row = named(root, 'tr').find(({ text }) => text.startsWith('staging1000'));
    expect(row?.children.map(({ text }) => text)).toEqual(['staging', '1000', '960', '40']);
    for (const { resource } of uncheckable) expect(root.text).toContain(resource);
  });

  it('says where the evidence comes from', () => {
    const { text } = page({
      ...VIOLATED,
      signature: { keyArn: 'arn:aws:kms:k', algorithm: 'ECDSA_SHA_256', publicKey: '', value: 'c2ln' },
    });
    const { provenance } = VIOLATED;
    for (const said of [provenance.gatheredAt, provenance.commit?.hash ?? '', 'arn:aws:kms:k', 'c2ln']) {
      expect(text).toContain(said);
    }
    for (const { identity, state } of Object.values(provenance.environments)) {
      for (const said of [identity?.arn, state?.location, state?.lineage, state?.versionId, state?.digest]) {
        expect(text).toContain(said);
      }
    }
  });

  it('shows hostile names for what they are', () => {
    const root = page(HOSTILE_REPORT);
    expect(root.text).toContain(printable(HOSTILE));
    expect(separationHtml(HOSTILE_REPORT)).not.toContain('<svg/onload');
  });

  it('is dark where the reader wants it so, and is made to be printed', () => {
    const [style] = named(page(CLEAN), 'style');
    expect(style?.text).toContain('prefers-color-scheme: dark');
    expect(style?.text).toContain('@media print');
  });
});
