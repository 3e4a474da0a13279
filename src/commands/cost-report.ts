import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import type { CostReport } from '../domain/cost/report.js';
import { environmentArg } from '../flags.js';
import { costReportCsv } from '../presenters/cost/report-csv.js';
import { costReportHtml } from '../presenters/cost/report-html.js';
import { type CostReportJson, costReportJson } from '../presenters/cost/report-json.js';
import { costReportText } from '../presenters/cost/report-text.js';
import { failureText } from '../presenters/failure-text.js';
import { type Style, textStyle } from '../presenters/style.js';
import { reportCosts } from '../services/report-costs.js';

const FORMATS: Readonly<Record<string, (report: CostReport, style: Style) => string>> = {
  text: costReportText,
  json: (report) => JSON.stringify(costReportJson(report), null, 2),
  csv: costReportCsv,
  html: costReportHtml,
};

export default class CostReportCommand extends BaseCommand<CostReportJson | undefined> {
  static override summary = 'Show what an environment costs a month, why, and what could be saved.';
  static override description =
    "Joins the environment's state with AWS's tag inventory and reckons each resource by the price table that ships: " +
    'what falls due in any case, what assumed use would cost (say better in terraform/usage.hcl), and by name what has ' +
    'no price. What was really billed comes from Cost Explorer, which bills 0.01 USD a request and is asked once a day.';
  static override examples = [
    '<%= config.bin %> cost-report staging --no-actual',
    '<%= config.bin %> cost-report staging --compare production',
    '<%= config.bin %> cost-report production --format html --output costs.html',
  ];
  static override args = { environment: environmentArg };
  static override flags = {
    compare: Flags.string({ description: 'Lay this environment beside it, with the reasons.', helpValue: 'ENV' }),
    'no-actual': Flags.boolean({ description: 'Do not ask Cost Explorer what was billed.' }),
    format: Flags.string({
      description: 'text, json, csv or html.',
      options: Object.keys(FORMATS),
      default: 'text',
      helpValue: 'FORMAT',
    }),
    output: Flags.string({
      description: 'Write the report to a file, and the text to the terminal.',
      helpValue: 'FILE',
    }),
  };

  async run(): Promise<CostReportJson | undefined> {
    const { args, flags } = await this.parse(CostReportCommand);
    const ports = await this.ports();
    const { report, notes, failures } = await reportCosts(ports, {
      binding: await this.bind(ports, args.environment),
      compare: flags.compare === undefined ? undefined : await ports.catalog.bind(flags.compare),
      actual: !flags['no-actual'],
    });
    const present = FORMATS[flags.format] ?? costReportText;
    if (flags.output === undefined) {
      this.show((style) => present(report, style));
    } else {
      await ports.workspace.writeResult(resolve(flags.output), `${present(report, textStyle(false))}\n`);
      this.show((style) => costReportText(report, style));
    }
    for (const note of notes) this.tell(() => note);
    for (const failure of failures) this.tell((style) => failureText(failure, style));
    const [first] = failures;
    if (first !== undefined) this.endAs(first.outcome);
    // Of very many resources it is large, and nobody else asks for it.
    return this.jsonEnabled() ? costReportJson(report) : undefined;
  }
}
