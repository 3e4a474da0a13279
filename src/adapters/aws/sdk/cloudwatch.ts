/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export { CloudWatchClient, GetMetricDataCommand, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
