/** What to call a tagged resource: its kind, like `ec2 instance`, and its name: the tag `Name`, else the end of its ARN. */
export function resourceLabel(resource: {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}): readonly [kind: string, name: string] {
  // arn:partition:service:region:account:resource; only the first five colons are ARN syntax.
  const [, , service = '', , , ...rest] = resource.arn.split(':');
  const path = rest.join(':');
  const type = /^([a-z-]+)[/:]/.exec(path)?.[1];
  const name = type === undefined ? path : path.slice(type.length + 1);
  return [type === undefined ? service : `${service} ${type}`, resource.tags['Name'] ?? name];
}
