/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export { CostExplorerClient, GetCostAndUsageCommand, GetCostForecastCommand } from '@aws-sdk/client-cost-explorer';
