import { destroysDataOrTraffic } from './destroys-data-or-traffic.js';
import { missingEnvironmentTag } from './missing-environment-tag.js';
import { nameWithoutEnvironment } from './name-without-environment.js';
import { namesOtherEnvironment } from './names-other-environment.js';
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
  missingEnvironmentTag,
  nameWithoutEnvironment,
];

/** Judges a plan by every rule. */
export function judgePlan(evidence: PlanEvidence): readonly Risk[] {
  return PLAN_RULES.flatMap((rule) => rule.check(evidence).map((risk) => ({ rule: rule.id, ...risk })));
}
