import type { Attributes } from '../attributes.js';
import { type Costing, fixed, unknown, used } from '../costing.js';
import { Decimal } from '../decimal.js';
import { pieces, type ResourceTypes, resourceType } from '../resource-type.js';

const LOGS = {
  ingested_gb: { value: 1, most: 10_240, what: 'GB of log written' },
  stored_gb: { value: 1, most: 1_000_000, what: 'GB of log kept; what is written until the retention ends' },
};

/** A log that is never deleted is reckoned as if it were kept for a year. */
const FOR_EVER_DAYS = Decimal.of(365);
const DAYS_OF_MONTH = Decimal.of(30);

/** Below this period in seconds an alarm is of high resolution. */
const STANDARD_PERIOD = Decimal.of(60);
/** An anomaly detection alarm watches the metric and the two sides of its band. */
const ANOMALY_METRICS = 3;

/** Logs and alarms. Source: https://aws.amazon.com/cloudwatch/pricing/ */
export const MONITORING: ResourceTypes = {
  aws_cloudwatch_log_group: resourceType(LOGS, (attributes, { use }) => {
    const logClass = attributes.textIfKnown('log_group_class');
    if (logClass !== undefined && logClass !== 'STANDARD') return unknown(`no prices for log class ${logClass}`);
    return pieces(
      () => used('Log written', 'cloudwatch/logs/ingestion', use('ingested_gb')),
      () => {
        const retention = attributes.number('retention_in_days') ?? Decimal.ZERO;
        const days = retention.isZero ? FOR_EVER_DAYS : retention;
        const kept = use('ingested_gb').times(days).over(DAYS_OF_MONTH);
        return used('Log kept', 'cloudwatch/logs/storage', use('stored_gb', kept));
      },
    );
  }),
  aws_cloudwatch_metric_alarm: resourceType({}, (attributes) => pieces(() => alarm(attributes))),
};

function alarm(attributes: Attributes): Costing {
  const queries = attributes.blocks('metric_query');
  if (queries.some((query) => /^\s*select\b/i.test(query.text('expression') ?? '')))
    return unknown('no prices for alarms on Metrics Insights queries');
  const metrics = queries.flatMap((query) => query.blocks('metric'));
  const watched = metrics.length === 0 ? [attributes] : metrics;
  const fine = watched.some((metric) => {
    const period = metric.number('period');
    return period !== undefined && period.compare(STANDARD_PERIOD) < 0;
  });
  const anomaly = attributes.text('threshold_metric_id') !== undefined;
  return fixed(
    fine ? 'High-resolution alarm' : 'Standard alarm',
    fine ? 'cloudwatch/alarm/high-resolution' : 'cloudwatch/alarm/standard',
    Decimal.of(watched.length * (anomaly ? ANOMALY_METRICS : 1)),
  );
}
