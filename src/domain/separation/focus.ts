import type { EnvironmentEvidence } from './evidence.js';
import { parseArn } from './identifiers.js';
import { environmentsNamed } from './names.js';
import { identifierAt, type Place, placeOf, type StateResource, stateResources } from './state-facts.js';
import { STATE_TYPES } from './state-types.js';

/** Which of an account's resources are worth a closer look. */
export interface ConcernedResources {
  concerns(resource: {
    readonly id: string;
    readonly name?: string | undefined;
    readonly tags?: Readonly<Record<string, string>> | undefined;
  }): boolean;
}

/**
 * Looks closely at what a state holds and what that is a part of, at the state backends, at what is listed with the tag of
 * an environment or of the project, at what carries the name of an environment of the project, and at the zones the
 * environments' DNS names are in. What only the tagging API knows to be an environment's is an orphan, and a violation
 * before it is looked into.
 */
export function focusOn(environments: readonly EnvironmentEvidence[]): ConcernedResources {
  const bindings = environments.map(({ binding }) => binding);
  const names = new Set(bindings.map(({ name }) => name));
  const projects = new Set(bindings.map(({ variables }) => variables['project_name']));
  const dnsNames = bindings.flatMap(({ variables }) =>
    typeof variables['dns_name'] === 'string' ? [variables['dns_name']] : [],
  );
  const ids = new Set<string>();
  for (const environment of environments) {
    const place = placeOf(environment);
    const { partition, accountId } = place;
    const { bucket, region, lockTable } = environment.binding.backend;
    ids.add(`arn:${partition}:s3:::${bucket}`);
    if (lockTable !== undefined) ids.add(`arn:${partition}:dynamodb:${region}:${accountId}:table/${lockTable}`);
    for (const resource of stateResources(environment)) {
      for (const id of resource.ids) ids.add(id);
      if (resource.settingOf !== undefined) ids.add(resource.settingOf);
      const whole = wholeOf(resource, place);
      if (whole !== undefined) ids.add(whole);
    }
  }
  return {
    concerns: ({ id, name, tags }) => {
      if (ids.has(id)) return true;
      if (tags !== undefined && (names.has(tags['Environment'] ?? '') || projects.has(tags['Project'] ?? null)))
        return true;
      const shown = name ?? parseArn(id)?.resource ?? id;
      if (dnsNames.some((dns) => dns === shown || dns.endsWith(`.${shown}`))) return true;
      return environmentsNamed(shown, bindings, 'own').length > 0;
    },
  };
}

/** What a resource is listed with, whoever's that is: the zone of a record, the load balancer of a listener. */
function wholeOf({ type, instance }: StateResource, place: Place): string | undefined {
  const at = type === 'aws_route53_record' ? (['zone_id', 'zone'] as const) : STATE_TYPES[type]?.partOf;
  return identifierAt(instance.attributes, at, place);
}
