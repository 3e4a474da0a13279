import { tellsWhose } from '../../domain/separation/telling-tags.js';

/** Tags as the tagging API writes them. */
type ApiTags = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[];

type Tags = Readonly<Record<string, string>>;

/** The one tag that nearly every resource has to itself. */
const INDIVIDUAL = 'Name';

/**
 * The tags that say whose a resource is, in little memory: of a hundred thousand resources of an environment, all share
 * one text of its name, and those that are alike share one set of tags.
 */
export class TagSets {
  readonly #values = new Map<string, string>();
  readonly #sets = new Map<string, Tags>();

  /** The telling tags among these. Never to be changed: the set may be shared. */
  of(tags: ApiTags): Tags {
    const kept = tags
      .filter(({ Key = '' }) => tellsWhose(Key))
      .map(({ Key = '', Value = '' }) => [Key, Key === INDIVIDUAL ? Value : this.#shared(Value)] as const);
    if (kept.some(([key]) => key === INDIVIDUAL)) return Object.fromEntries(kept);
    const spelling = JSON.stringify(kept);
    const known = this.#sets.get(spelling) ?? Object.fromEntries(kept);
    this.#sets.set(spelling, known);
    return known;
  }

  #shared(value: string): string {
    const known = this.#values.get(value);
    if (known !== undefined) return known;
    this.#values.set(value, value);
    return value;
  }
}
