import { type Mutation, mutated } from "./mutations.ts";

/** A change that no test can notice, because nothing that anybody sees becomes different. */
export interface SaidEqual {
  /** From the project's root. */
  readonly file: string;
  /** Some code that stands once in the file, and what a mutation makes of it. */
  readonly code: string;
  readonly becomes: string;
  readonly because: string;
}

/** Mutants that somebody has looked at and found to be equal, each with the reason. A test holds the list to the code. */
export const SAID_EQUAL: readonly SaidEqual[] = [
  {
    file: "shared/domain/learning/explore.ts",
    code: "if (other !== index) chance *= (now + (before[other] ?? 0)) / 2;",
    becomes: "if (other !== index) chance *= (now + (before[other] ?? 1)) / 2;",
    because: "`before` holds a number for every candidate: what stands for a missing one is never read",
  },
  {
    file: "shared/domain/statistics/beta.ts",
    code: "if (x <= 0) return 0;",
    becomes: "if (x < 0) return 0;",
    because: "at 0 the formula below comes to 0 too: its front is exp(-Infinity)",
  },
  {
    file: "shared/domain/profile/unproven.ts",
    code: "[...each].sort(([a], [b]) => (a < b ? -1 : 1))",
    becomes: "[...each].sort(([a], [b]) => (a <= b ? -1 : 1))",
    because: "keys of one map are never alike",
  },
  {
    file: "shared/domain/profile/recent.ts",
    code: ".sort(([a], [b]) => (a < b ? 1 : -1))",
    becomes: ".sort(([a], [b]) => (a <= b ? 1 : -1))",
    because: "keys of one map are never alike",
  },
  ...(["min: extreme((a, b) => a < b)", "max: extreme((a, b) => a > b)"] as const).map((code) => ({
    file: "shared/domain/customer/computed/kinds.ts",
    code,
    becomes: code.replace(/ ([<>]) b/, " $1= b"),
    because: "of two values alike either is kept, and nothing but the value is",
  })),
  ...(["first: positional((a, b) => a < b)", "last: positional((a, b) => a > b)"] as const).map((code) => ({
    file: "shared/domain/customer/computed/kinds.ts",
    code,
    becomes: code.replace(/ ([<>]) b/, " $1= b"),
    because: "two at one place are of one event, and say the same",
  })),
  {
    file: "shared/domain/conversation/numbering.ts",
    code: "if (told <= taken) return",
    becomes: "if (told < taken) return",
    because: "the last number taken is never missing, and nothing lies between it and itself",
  },
];

/** Whether a mutation of a file is one of those that are said to be equal. */
export const isSaidEqual = (mutant: Mutation & { readonly file: string; readonly text: string }): boolean =>
  SAID_EQUAL.some(
    ({ file, code, becomes }) =>
      file === mutant.file && mutated(mutant.text, mutant) === mutant.text.replace(code, () => becomes),
  );
