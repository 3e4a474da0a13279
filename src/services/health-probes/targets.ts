import { judgeTargets } from '../../domain/health/targets.js';
import { notChecked } from '../../domain/health.js';
import { listOutput } from '../../domain/state.js';
import { asked, type Probe } from './probe.js';

const NAME = 'targets of the load balancer';

/** The targets of the load balancer's target groups, as the outputs name them. */
export const probeTargets: Probe<'targetHealth'> = (ports, { binding, state }) =>
  asked('traffic', NAME, async () => {
    const groups = await ports.targetHealth.targets(binding, listOutput(state, 'target_group_arns'));
    if (groups.length === 0) return [notChecked('traffic', NAME, 'the outputs name no target group')];
    return groups.flatMap(judgeTargets);
  });
