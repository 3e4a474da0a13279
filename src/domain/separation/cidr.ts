/** A block of addresses of one family, as the numbers of its first and last. */
export interface Block {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
}

/** Whether two CIDR blocks have an address in common. An address alone is a block of one. False for what is neither. */
export function cidrsOverlap(left: string, right: string): boolean {
  const [a, b] = [blockOf(left), blockOf(right)];
  return a !== undefined && b !== undefined && a.bits === b.bits && a.first <= b.last && b.first <= a.last;
}

/** Whether every address of the inner block is in the outer. */
export function cidrContains(outer: string, inner: string): boolean {
  const [a, b] = [blockOf(outer), blockOf(inner)];
  return a !== undefined && b !== undefined && a.bits === b.bits && a.first <= b.first && b.last <= a.last;
}

/** Whether a text is a CIDR block or an address. */
export function isCidr(text: string): boolean {
  return blockOf(text) !== undefined;
}

/** Whether a block is the whole internet, of either family: it means nobody in particular. */
export function isEverywhere(text: string): boolean {
  const block = blockOf(text);
  return block !== undefined && block.last - block.first === (1n << BigInt(block.bits)) - 1n;
}

const parsed = new Map<string, Block | undefined>();

/** The block that a CIDR block or an address stands for; undefined for what is neither. */
export function blockOf(text: string): Block | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const block = readBlock(text);
  // The same few blocks are compared over and over; a state with ever new ones must not fill the memory.
  if (parsed.size < 100_000) parsed.set(text, block);
  return block;
}

function readBlock(text: string): Block | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  const number = address.includes(':') ? ipv6(address) : ipv4(address);
  if (number === undefined) return undefined;
  const bits = address.includes(':') ? 128 : 32;
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return undefined;
  const length = prefix === undefined ? bits : Number(prefix);
  if (length > bits) return undefined;
  const size = 1n << BigInt(bits - length);
  const first = (number / size) * size;
  return { bits, first, last: first + size - 1n };
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ipv6(text: string): bigint | undefined {
  const [head = '', tail, ...rest] = text.split('::');
  if (rest.length > 0) return undefined;
  const groups = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail)];
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined;
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}
