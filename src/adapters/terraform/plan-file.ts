import { readFile } from 'node:fs/promises';
import { MhtctlError } from '../../domain/errors.js';
import type { PlanFile } from '../../domain/plan.js';

/**
 * Field numbers of Terraform's `planfile.proto` (version 3 of the format), as far as mhtctl reads it.
 * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/plans/planproto/planfile.proto
 */
const PLAN = { version: 1, variables: 2, backend: 13, terraformVersion: 14, timestamp: 21 } as const;
const BACKEND = { type: 1, config: 2, workspace: 3 } as const;
const MAP_ENTRY = { key: 1, value: 2 } as const;
const DYNAMIC_VALUE = { msgpack: 1 } as const;
const SUPPORTED_VERSION = 3;

function unreadable(file: string, what: string, cause?: unknown): MhtctlError {
  return new MhtctlError({
    code: 'PlanFileUnreadable',
    outcome: 'usage',
    message: `${file} is not a saved plan mhtctl can read: ${what}`,
    nextSteps: ['make a new one: mhtctl plan ENV --out FILE'],
    cause,
  });
}

/**
 * Reads what a saved plan says of itself. `terraform show -json` leaves the backend out, although the apply goes
 * there and nowhere else; so it is read from the file: a zip archive with a protocol-buffers message, whose values
 * are MessagePack, and the state the plan was made from.
 */
export async function readPlanFile(file: string): Promise<PlanFile> {
  const { BinaryReader, decode, unzipSync } = await import('./plan-formats.js');

  /** The fields of a message: numbers for varints, bytes for everything length-delimited, in order. */
  function fieldsOf(message: Uint8Array): Map<number, (Uint8Array | number)[]> {
    const reader = new BinaryReader(message);
    const fields = new Map<number, (Uint8Array | number)[]>();
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      let value: Uint8Array | number | undefined;
      if (wireType === 2) value = reader.bytes();
      else if (wireType === 0) value = Number(reader.uint64());
      else reader.skip(wireType, number);
      if (value !== undefined) fields.set(number, [...(fields.get(number) ?? []), value]);
    }
    return fields;
  }
  const bytesOf = (fields: ReturnType<typeof fieldsOf>, number: number): Uint8Array => {
    const value = fields.get(number)?.[0];
    return value instanceof Uint8Array ? value : new Uint8Array();
  };
  const textOf = (fields: ReturnType<typeof fieldsOf>, number: number): string =>
    Buffer.from(bytesOf(fields, number)).toString('utf8');
  /** A value with a type of its own is written as `[type, value]`. */
  const dynamic = (message: Uint8Array): unknown => {
    const value = decode(bytesOf(fieldsOf(message), DYNAMIC_VALUE.msgpack));
    return Array.isArray(value) && value.length === 2 && value[0] instanceof Uint8Array ? value[1] : value;
  };

  let archive: Record<string, Uint8Array>;
  try {
    archive = unzipSync(await readFile(file), { filter: ({ name }) => name === 'tfplan' || name === 'tfstate' });
  } catch (cause) {
    throw unreadable(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (archive['tfplan'] === undefined || archive['tfstate'] === undefined) throw unreadable(file, 'parts are missing');

  try {
    const plan = fieldsOf(archive['tfplan']);
    const version = plan.get(PLAN.version)?.[0];
    if (version !== SUPPORTED_VERSION)
      throw new Error(`its format version is ${version}, expected ${SUPPORTED_VERSION}`);
    const backend = fieldsOf(bytesOf(plan, PLAN.backend));
    const config = dynamic(bytesOf(backend, BACKEND.config)) as Record<string, unknown>;
    const state = JSON.parse(Buffer.from(archive['tfstate']).toString('utf8')) as { lineage?: string; serial?: number };
    const variables = (plan.get(PLAN.variables) ?? []).flatMap((entry) => {
      if (!(entry instanceof Uint8Array)) return [];
      const fields = fieldsOf(entry);
      return [[textOf(fields, MAP_ENTRY.key), dynamic(bytesOf(fields, MAP_ENTRY.value))] as const];
    });
    const text = (name: string): string => (typeof config[name] === 'string' ? config[name] : '');
    return {
      backend: {
        type: textOf(backend, BACKEND.type),
        bucket: text('bucket'),
        key: text('key'),
        region: text('region'),
      },
      workspace: textOf(backend, BACKEND.workspace),
      variables: Object.fromEntries(variables),
      lineage: state.lineage ?? '',
      serial: state.serial ?? 0,
      createdAt: new Date(textOf(plan, PLAN.timestamp)),
      terraformVersion: textOf(plan, PLAN.terraformVersion),
    };
  } catch (cause) {
    throw unreadable(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}
