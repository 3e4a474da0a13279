import { changeKind, destroysObject } from '../plan.js';
import type { PlanRule } from './rule.js';

/** Types whose loss loses data: what they hold cannot be made again from the configuration. */
const HOLDS_DATA: ReadonlySet<string> = new Set([
  'aws_backup_vault',
  'aws_cloudwatch_log_group',
  'aws_db_cluster_snapshot',
  'aws_db_instance',
  'aws_dynamodb_table',
  'aws_dynamodb_table_replica',
  'aws_ebs_volume',
  'aws_ecr_repository',
  'aws_efs_file_system',
  'aws_elasticache_cluster',
  'aws_elasticache_replication_group',
  'aws_kinesis_stream',
  'aws_kms_key',
  'aws_opensearch_domain',
  'aws_rds_cluster',
  'aws_s3_bucket',
  'aws_s3_object',
  'aws_secretsmanager_secret',
  'aws_secretsmanager_secret_version',
  'aws_sqs_queue',
  'aws_ssm_parameter',
]);

/** Types whose loss interrupts what users of the API see. */
const CARRIES_TRAFFIC: ReadonlySet<string> = new Set([
  'aws_acm_certificate',
  'aws_alb',
  'aws_alb_listener',
  'aws_alb_target_group',
  'aws_autoscaling_group',
  'aws_eip',
  'aws_instance',
  'aws_internet_gateway',
  'aws_lb',
  'aws_lb_listener',
  'aws_lb_listener_rule',
  'aws_lb_target_group',
  'aws_nat_gateway',
  'aws_route53_record',
  'aws_route53_zone',
  'aws_subnet',
  'aws_vpc',
]);

/** What a resource of this type holds, or undefined when losing it costs neither. */
export function whatItHolds(type: string): 'data' | 'traffic' | undefined {
  if (HOLDS_DATA.has(type)) return 'data';
  return CARRIES_TRAFFIC.has(type) ? 'traffic' : undefined;
}

/** Every deletion or replacement of something that holds data or traffic is named and allowed one by one. */
export const destroysDataOrTraffic: PlanRule = {
  id: 'destroys-data-or-traffic',
  title: 'nothing that holds data or traffic is deleted or replaced unasked',
  check: ({ plan }) =>
    plan.changes.filter(destroysObject).flatMap((change) => {
      const holds = whatItHolds(change.type);
      if (holds === undefined) return [];
      const verb = changeKind(change) === 'replace' ? 'replaced' : 'deleted';
      const [reason] = change.reasons;
      const why = reason === undefined ? '' : ` (${reason})`;
      return [{ severity: 'consent', address: change.address, message: `${holds} would be ${verb}${why}` }];
    }),
};
