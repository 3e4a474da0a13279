import { Flags } from '@oclif/core';
import { BaseCommand } from '../../base-command.js';
import {
  type RefreshedPricesJson,
  refreshedPricesJson,
  refreshedPricesText,
} from '../../presenters/cost/price-refresh.js';
import { refreshPrices } from '../../services/refresh-prices.js';

export default class PricesRefresh extends BaseCommand<RefreshedPricesJson> {
  static override summary = "Read the prices of the estimate from AWS's price list, and write what changed.";
  static override description =
    'Asks the Price List API for every price that the estimate needs, and for the instance types that the environments ' +
    'have or ask for, and writes prices/<region>.json. What AWS does not list there is named and stays unknown. Where ' +
    'nothing changed, nothing is written. It takes pricing:GetProducts and pricing:GetAttributeValues.';
  static override examples = [
    '<%= config.bin %> prices refresh --dry-run',
    '<%= config.bin %> prices refresh --region eu-central-1 --region us-east-1',
  ];
  static override flags = {
    region: Flags.string({
      description: 'Region; those of the environments when left out. Repeatable.',
      helpValue: 'REGION',
      multiple: true,
      multipleNonGreedy: true,
    }),
    yes: Flags.boolean({ char: 'y', description: 'Also write what is lost, or changed more than tenfold.' }),
    'dry-run': Flags.boolean({ description: 'Show what would change, and write nothing.' }),
  };

  async run(): Promise<RefreshedPricesJson> {
    const { flags } = await this.parse(PricesRefresh);
    const refreshed = await refreshPrices(await this.ports(), {
      regions: flags.region ?? [],
      yes: flags.yes,
      dryRun: flags['dry-run'],
    });
    this.show((style) => refreshedPricesText(refreshed.regions, style));
    for (const note of refreshed.notes) this.tell(() => note);
    return refreshedPricesJson(refreshed.regions);
  }
}
