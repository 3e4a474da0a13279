import { MhtctlError } from './errors.js';
import { nearestName } from './nearest-name.js';
import { declarationOf, moduleOf } from './resource-address.js';
import type { State } from './state.js';

/** Something that exists in AWS, and the address that is to stand for it. */
export interface ImportTarget {
  readonly address: string;
  /** What the provider's documentation of the type calls its import id. */
  readonly id: string;
}

const NAME = '[A-Za-z_][A-Za-z0-9_-]*';
const KEY = String.raw`\[(?:\d+|"(?:[^"\\$%]|\\.)*")\]`;
const ADDRESS = new RegExp(`^(?:module\\.${NAME}(?:${KEY})?\\.)*(?!data\\.|module\\.)${NAME}\\.${NAME}(?:${KEY})?$`);

/**
 * Fails (exit 2) with `AddressInvalid` unless the address is one of a managed resource instance, and with `IdInvalid`
 * for an id that no object has.
 */
export function refuseInvalidTarget(environment: string, { address, id }: ImportTarget): void {
  if (id === '' || /\p{Cc}/u.test(id)) {
    throw new MhtctlError({
      code: 'IdInvalid',
      outcome: 'usage',
      message: `${JSON.stringify(id)} is no id of anything`,
      nextSteps: ["see what the provider's documentation of the type calls its import id"],
    });
  }
  if (ADDRESS.test(address)) return;
  throw new MhtctlError({
    code: 'AddressInvalid',
    outcome: 'usage',
    message: `"${address}" is no address of a managed resource, like module.storage.aws_s3_bucket.data or aws_sqs_queue.this["jobs"]`,
    nextSteps: [
      `see how addresses look: mhtctl state names ${environment}`,
      'in a shell, an address with quotes stands in single ones: \'aws_sqs_queue.this["jobs"]\'',
    ],
  });
}

/**
 * Fails (exit 2) with `AddressUnknown` when the configuration declares no such resource, and (exit 3) with
 * `AlreadyInState` when the address, or the very object, is in the state.
 * @param declared addresses without instance keys; a module that could not be read whole stands for what it may hold
 */
export function refuseImpossibleImport(
  environment: string,
  { address, id }: ImportTarget,
  { declared, state }: { readonly declared: Iterable<string>; readonly state: State | null },
): void {
  const known = [...declared];
  const declaration = withoutKeys(address);
  if (!known.includes(declaration) && !isInUnreadModule(declaration, known)) {
    const nearest = nearestName(declaration, known);
    throw new MhtctlError({
      code: 'AddressUnknown',
      outcome: 'usage',
      message: `the configuration has no resource ${declaration}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`,
      nextSteps: [
        'write the resource first: what is imported and not configured would be destroyed by the next deployment',
      ],
    });
  }
  const there = state?.instances.find((instance) => instance.address === address);
  if (there !== undefined) {
    throw new MhtctlError({
      code: 'AlreadyInState',
      outcome: 'refused',
      message: `${address} is in the state of "${environment}" already, with the id ${JSON.stringify(there.attributes['id'] ?? null)}`,
      nextSteps: [
        `if that is not the right one, have the state forget it first: mhtctl terraform ${environment} -- state rm '${address}'`,
      ],
    });
  }
  const type = typeOf(declaration);
  const same = state?.instances.find((instance) => instance.type === type && instance.attributes['id'] === id);
  if (same === undefined) return;
  throw new MhtctlError({
    code: 'AlreadyInState',
    outcome: 'refused',
    message: `${id} is in the state of "${environment}" already, as ${same.address}; two addresses for one object destroy it sooner or later`,
    nextSteps: [
      `if it has moved in the configuration: write moved { from = ${same.address}, to = ${address} }, then: mhtctl deploy ${environment}`,
    ],
  });
}

/** The address without any instance key, its modules' included. */
function withoutKeys(address: string): string {
  return address.replace(new RegExp(KEY, 'g'), '');
}

function typeOf(declaration: string): string {
  const module = moduleOf(declaration);
  return declarationOf(module === '' ? declaration : declaration.slice(module.length + 1)).split('.')[0] ?? '';
}

/** A module that could not be read is declared by its own address; the root's is the empty text. */
function isInUnreadModule(declaration: string, known: readonly string[]): boolean {
  return known.some(
    (each) => each === '' || (/(?:^|\.)module\.[^.]+$/.test(each) && declaration.startsWith(`${each}.`)),
  );
}

/** The configuration of an import, as Terraform reads it: https://developer.hashicorp.com/terraform/language/import */
export function importBlock({ address, id }: ImportTarget): string {
  // HCL writes what would begin a template with its sign doubled.
  const literal = JSON.stringify(id).replace(/[$%](?=\{)/g, (sign) => sign + sign);
  return `import {\n  to = ${address}\n  id = ${literal}\n}\n`;
}
