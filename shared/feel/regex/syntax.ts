/**
 * The syntax of regular expressions as XPath 3.1 defines them on top of XML Schema, which is what FEEL's `matches`,
 * `replace` and `split` take (DMN 1.5, 10.3.4.3). They differ from JavaScript's: class subtraction, Unicode blocks,
 * no lookaround, other escapes.
 */
export type Pattern =
  | { readonly kind: "empty" }
  | { readonly kind: "char"; readonly point: number }
  | { readonly kind: "class"; readonly set: CharacterSet }
  | { readonly kind: "start" | "end" }
  | { readonly kind: "group"; readonly index: number | null; readonly body: Pattern }
  | { readonly kind: "backreference"; readonly index: number }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly Pattern[] }
  | {
      readonly kind: "repeat";
      readonly body: Pattern;
      readonly minimum: number;
      readonly maximum: number;
      readonly lazy: boolean;
    };

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
