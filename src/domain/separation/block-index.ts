import { type Block, blockOf } from './cidr.js';

interface Entry<T> {
  readonly block: Block;
  readonly value: T;
  /** The last address of this entry and all before it. */
  reach: bigint;
}

/** Blocks of addresses, each with what it stands for, to be found by an address in common without looking at all. */
export class BlockIndex<T> {
  readonly #entries: Record<Block['bits'], Entry<T>[]> = { 32: [], 128: [] };
  #sorted = true;

  /** Adds a CIDR block or an address; what is neither is left out. */
  add(text: string, value: T): void {
    const block = blockOf(text);
    if (block === undefined) return;
    this.#entries[block.bits].push({ block, value, reach: block.last });
    this.#sorted = false;
  }

  /** What has an address in common with a block, from the highest to the lowest. */
  *overlapping(text: string): Generator<T> {
    const block = blockOf(text);
    if (block === undefined) return;
    for (const entry of this.#before(block, block.last, block.first)) yield entry.value;
  }

  /** What contains every address of a block. */
  *containing(text: string): Generator<T> {
    const block = blockOf(text);
    if (block === undefined) return;
    for (const entry of this.#before(block, block.first, block.last)) yield entry.value;
  }

  /** Entries that begin at a number or before, and end at another or after, from the last to the first. */
  *#before({ bits }: Block, beginsBy: bigint, endsFrom: bigint): Generator<Entry<T>> {
    if (!this.#sorted) this.#sort();
    const entries = this.#entries[bits];
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries[middle] as Entry<T>).block.first <= beginsBy) low = middle + 1;
      else high = middle;
    }
    for (let index = low - 1; index >= 0; index -= 1) {
      const entry = entries[index] as Entry<T>;
      if (entry.reach < endsFrom) return;
      if (entry.block.last >= endsFrom) yield entry;
    }
  }

  #sort(): void {
    for (const entries of Object.values(this.#entries)) {
      entries.sort(({ block: a }, { block: b }) => compare(a.first, b.first) || compare(a.last, b.last));
      let reach = -1n;
      for (const entry of entries) {
        reach = entry.block.last > reach ? entry.block.last : reach;
        entry.reach = reach;
      }
    }
    this.#sorted = true;
  }
}

function compare(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
