/** What mhtctl uses of this client; see `s3.ts` for why by name. */
export { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
