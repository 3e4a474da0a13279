/** A literal value of a tfvars, tfbackend or policy file: what HCL can write without an expression. */
export type HclValue = string | number | boolean | null | readonly HclValue[] | { readonly [key: string]: HclValue };

/** A place in a file a person can open: 1-based line and column. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An attribute (`name = value`) with the place where it is written. */
export interface HclAttribute {
  readonly name: string;
  readonly value: HclValue;
  readonly location: SourceLocation;
}

/** A block (`type "label" { ... }`) with its labels, attributes and nested blocks. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: HclBody;
  readonly location: SourceLocation;
}

/** The content of a file or of a block, in the order in which it is written. */
export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}
