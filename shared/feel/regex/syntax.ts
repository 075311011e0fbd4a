/** Code points: those that any member covers, unless negated, without those of `except`. */
export interface CharacterSet {
  readonly negated: boolean;
  readonly members: readonly SetMember[];
  readonly except?: CharacterSet;
}

export type SetMember =
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  | { readonly kind: "property"; readonly matches: RegExp; readonly negated: boolean };

/** The pattern is not one; `message` says why. */
export class PatternError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = "PatternError";
    this.offset = offset;
  }
}
