import type { Binding } from '../environment.js';
import { namesEnvironment } from '../foreign-names.js';
import { carriesName } from '../physical-name.js';

/**
 * The environments that a text names, longest name first, so that "staging-eu" is not taken for "staging" too.
 * @param as `own`: as a resource's own name, which carries the project's as well; `reference`: anywhere in a text,
 * also by its state bucket, its lock table or its DNS name
 */
export function environmentsNamed(
  text: string,
  bindings: readonly Binding[],
  as: 'own' | 'reference',
): readonly string[] {
  const found: string[] = [];
  let rest = text;
  for (const binding of [...bindings].sort((left, right) => right.name.length - left.name.length)) {
    if (!mayName(rest, binding)) continue;
    const project = binding.variables['project_name'];
    const named =
      as === 'own'
        ? carriesName(rest, binding.name) && (typeof project !== 'string' || rest.includes(project))
        : namesEnvironment(rest, binding);
    if (!named) continue;
    found.push(binding.name);
    rest = rest.replaceAll(binding.name, '');
  }
  return found;
}

/** Whether a closer look is worth while: most texts name nobody. */
function mayName(text: string, { name, backend, variables }: Binding): boolean {
  const marks = [name, backend.bucket, backend.lockTable, variables['dns_name']];
  return marks.some((mark) => typeof mark === 'string' && mark !== '' && text.includes(mark));
}

/** The environment whose DNS name a name is, or is below; the longest where one is below another. */
export function environmentOfDnsName(name: string, bindings: readonly Binding[]): string | undefined {
  const lower = name.toLowerCase();
  const found = bindings
    .map((binding) => [binding.name, String(binding.variables['dns_name'] ?? '').toLowerCase()] as const)
    .filter(([, dns]) => dns !== '' && (lower === dns || lower.endsWith(`.${dns}`)))
    .sort(([, left], [, right]) => right.length - left.length);
  return found[0]?.[0];
}
