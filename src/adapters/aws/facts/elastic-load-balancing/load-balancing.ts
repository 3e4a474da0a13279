import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Reading } from '../reading.js';

/** What the parts of the load balancers' reader share. */
export interface LoadBalancing {
  readonly reading: Reading;
  readonly sdk: typeof import('../../sdk/elastic-load-balancing.js');
  readonly client: ElasticLoadBalancingV2Client;
}
