/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export { AutoScalingClient, paginateDescribeAutoScalingGroups } from '@aws-sdk/client-auto-scaling';
