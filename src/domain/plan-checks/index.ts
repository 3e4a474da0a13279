import type { Binding } from '../environment.js';
import type { PlanFile } from '../plan.js';
import { destroysDataOrTraffic } from './destroys-data-or-traffic.js';
import { exceedsCostLimit } from './exceeds-cost-limit.js';
import { missingEnvironmentTag } from './missing-environment-tag.js';
import { nameWithoutEnvironment } from './name-without-environment.js';
import { namesOtherEnvironment } from './names-other-environment.js';
import { offHoursNotAllowed } from './off-hours-not-allowed.js';
import type { PlanEvidence, PlanRule, Risk } from './rule.js';
import { wrongBackend } from './wrong-backend.js';
import { wrongEnvironment } from './wrong-environment.js';
import { wrongRegion } from './wrong-region.js';

/** Every rule a plan is judged by, the gravest first. */
export const PLAN_RULES: readonly PlanRule[] = [
  wrongEnvironment,
  wrongBackend,
  wrongRegion,
  namesOtherEnvironment,
  destroysDataOrTraffic,
  exceedsCostLimit,
  offHoursNotAllowed,
  missingEnvironmentTag,
  nameWithoutEnvironment,
];

/** Judges a saved plan by what its file says of itself: enough to know another environment's, without Terraform. */
export function judgePlanFile(file: PlanFile, binding: Binding): readonly Risk[] {
  const plan = {
    environment: undefined,
    region: undefined,
    terraformVersion: '',
    changes: [],
    unchanged: [],
    outputChanges: [],
    drift: [],
  };
  return judge([wrongEnvironment, wrongBackend], { plan, file, binding, others: [], cost: null });
}

/** Judges a plan by every rule. */
export function judgePlan(evidence: PlanEvidence): readonly Risk[] {
  return judge(PLAN_RULES, evidence);
}

function judge(rules: readonly PlanRule[], evidence: PlanEvidence): readonly Risk[] {
  return rules.flatMap((rule) => rule.check(evidence).map((risk) => ({ rule: rule.id, ...risk })));
}
