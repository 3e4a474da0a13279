import { resolve } from 'node:path';
import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import type { SeparationReport } from '../domain/separation/report.js';
import type { SealCheck } from '../domain/separation/seal.js';
import type { Ports } from '../ports/index.js';
import { separationHtml } from '../presenters/separation/html.js';
import { separationJobSummary } from '../presenters/separation/job-summary.js';
import { separationJunit } from '../presenters/separation/junit.js';
import { separationSarif } from '../presenters/separation/sarif.js';
import { sealText } from '../presenters/separation/seal-text.js';
import { separationText } from '../presenters/separation/text.js';
import { type Style, textStyle } from '../presenters/style.js';
import { checkKeptReport } from '../services/check-kept-report.js';
import { verifySeparation } from '../services/verify-separation.js';

const FORMATS: Readonly<Record<string, (report: SeparationReport, style: Style) => string>> = {
  text: separationText,
  json: (report) => JSON.stringify(report, null, 2),
  html: separationHtml,
  junit: separationJunit,
  sarif: separationSarif,
};

export default class VerifySeparation extends BaseCommand<SeparationReport | SealCheck> {
  static override summary = 'Prove that environments share nothing, or show what they share.';
  static override description =
    "Reads each environment's state, the tag inventory and AWS's own answers, and judges them by rules. Reads only. " +
    'The verdict is "separated", "violated" (exit 3), or "unproven" when something that matters could not be read ' +
    '(exit 0, with --strict 3). Compares all environments, or the ones named; one is compared with every other.';
  static override examples = [
    '<%= config.bin %> verify-separation',
    '<%= config.bin %> verify-separation --format html --output separation.html',
    '<%= config.bin %> verify-separation --strict --format junit --output separation.xml',
    '<%= config.bin %> verify-separation --sign alias/separation --format json --output evidence.json',
    '<%= config.bin %> verify-separation --check evidence.json',
  ];
  static override strict = false;
  static override args = {
    environment: Args.string({ description: 'Environments to compare; all when left out.' }),
  };
  static override flags = {
    strict: Flags.boolean({ description: 'End with exit 3 when separation is unproven, too.' }),
    format: Flags.string({
      description: 'text, json, html, junit or sarif.',
      options: Object.keys(FORMATS),
      default: 'text',
      helpValue: 'FORMAT',
    }),
    output: Flags.string({
      description: 'Write the report to a file, and the text to the terminal.',
      helpValue: 'FILE',
    }),
    sign: Flags.string({ description: 'Sign the report with this asymmetric KMS key.', helpValue: 'KEY' }),
    check: Flags.string({
      description: 'Check the digest and the signature of a report that was kept as JSON, and ask AWS nothing.',
      helpValue: 'FILE',
      exclusive: ['sign', 'output', 'strict'],
    }),
  };

  async run(): Promise<SeparationReport | SealCheck> {
    const { argv, flags } = await this.parse(VerifySeparation);
    const ports = await this.ports();
    if (flags.check !== undefined) return this.#check(ports, resolve(flags.check));
    const report = await verifySeparation(ports, { environments: argv as string[], signingKey: flags.sign });
    const present = FORMATS[flags.format] ?? separationText;
    if (flags.output === undefined) {
      this.show((style) => present(report, style));
    } else {
      await ports.workspace.writeResult(resolve(flags.output), `${present(report, textStyle(false))}\n`);
      this.show((style) => separationText(report, style));
    }
    const summary = ports.environment['GITHUB_STEP_SUMMARY'];
    if (summary !== undefined && summary !== '') await ports.workspace.appendTo(summary, separationJobSummary(report));
    if (report.verdict === 'violated' || (flags.strict && report.verdict === 'unproven')) this.endAs('refused');
    return report;
  }

  async #check(ports: Ports, file: string): Promise<SealCheck> {
    const seal = await checkKeptReport(ports, file);
    this.show((style) => sealText(seal, file, style));
    if (!seal.intact || seal.signature === 'invalid') this.endAs('refused');
    return seal;
  }
}
