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

/** Several of one file that are equal for one reason. */
function alike(
  file: string,
  because: string,
  pairs: readonly (readonly [code: string, becomes: string])[],
): readonly SaidEqual[] {
  return pairs.map(([code, becomes]) => ({ file, code, becomes, because }));
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
  ...alike(
    "shared/domain/learning/linear.ts",
    "the indices lie within a vector or a matrix of that size: what stands for a missing number is never read",
    [
      ["cell.weight * value * (x[column] ?? 0)", "cell.weight * value * (x[column] ?? 1)"],
      ["let rest = values[column] ?? 0", "let rest = values[column] ?? 1"],
      ["(current[k] ?? 0)", "(current[k] ?? 1)"],
      ["(other[k] ?? 0)", "(other[k] ?? 1)"],
      ["(other[column] ?? 1)", "(other[column] ?? 2)"],
      ["(values[k] ?? 0)", "(values[k] ?? 1)"],
      ["(z[k] ?? 0)", "(z[k] ?? 1)"],
      ["(values[row] ?? 1)", "(values[row] ?? 2)"],
      ["let rest = z[row] ?? 0", "let rest = z[row] ?? 1"],
      ["(factor[k]?.[row] ?? 0)", "(factor[k]?.[row] ?? 1)"],
      ["(v[k] ?? 0)", "(v[k] ?? 1)"],
      ["(factor[row]?.[row] ?? 1)", "(factor[row]?.[row] ?? 2)"],
    ],
  ),
  ...alike(
    "shared/domain/learning/linear.ts",
    "what is taken off in addition is 0: the place is still empty, or lies above the diagonal or past the end",
    [
      ["k < column;", "k <= column;"],
      ["k < row;", "k <= row;"],
      ["k < z.length;", "k <= z.length;"],
      ["let k = row + 1;", "let k = row - 1;"],
    ],
  ),
  ...alike("shared/domain/learning/linear.ts", "each place is written before it is read", [
    ["const v = z.map(() => 0)", "const v = z.map(() => 1)"],
  ]),
  ...alike("shared/domain/learning/binning.ts", "a place in a list that is not empty is never missing", [
    ["return sorted[at] ?? 0;", "return sorted[at] ?? 1;"],
  ]),
  ...alike(
    "shared/domain/learning/binning.ts",
    "past the last edge stands the edge itself, which is the last",
    [["const after = edges[Math.min(edges.length - 1,", "const after = edges[Math.min(edges.length + 1,"]],
  ),
  ...alike(
    "shared/domain/learning/binning.ts",
    "a step is 1, or 2 and more: to divide by 1 is to multiply by it",
    [
      ["return step >= 1 ?", "return step > 1 ?"],
      ["return step >= 1 ?", "return step >= 2 ?"],
    ],
  ),
  ...alike("shared/domain/learning/binning.ts", "keys of one map are never alike", [
    ["(a < b ? -1 : 1))\n    .slice", "(a <= b ? -1 : 1))\n    .slice"],
  ]),
  ...alike("shared/domain/journey/hint.ts", "keys of one map are never alike", [
    ["(x.id < y.id ? -1 : 1)", "(x.id <= y.id ? -1 : 1)"],
    ["(x < y ? -1 : 1)", "(x <= y ? -1 : 1)"],
  ]),
  ...alike("shared/domain/profile/trigger/pending.ts", "one wait is left of each trigger", [
    ["(a.trigger < b.trigger ? -1 : 1)", "(a.trigger <= b.trigger ? -1 : 1)"],
  ]),
  ...alike("shared/domain/profile/trigger/pending.ts", "waits of one trigger and one event have one timer", [
    ["timersOf(position(other) < position(one) ?", "timersOf(position(other) <= position(one) ?"],
  ]),
  ...alike("shared/domain/profile/traits.ts", "the two are not alike there", [
    ["return a.at > b.at ? a : b;", "return a.at >= b.at ? a : b;"],
  ]),
  ...alike("shared/domain/conversation/told.ts", "the two are not alike there, or the same", [
    ["return a.at > b.at ? a : b;", "return a.at >= b.at ? a : b;"],
    ["JSON.stringify(a) > JSON.stringify(b)", "JSON.stringify(a) >= JSON.stringify(b)"],
  ]),
  ...alike("shared/domain/profile/merge.ts", "keys of one map are never alike", [
    ["(position(x) > position(y) ?", "(position(x) >= position(y) ?"],
    ["(identifierKey(a) < identifierKey(b) ?", "(identifierKey(a) <= identifierKey(b) ?"],
  ]),
  ...alike("shared/domain/profile/merge.ts", "it only says which of two comes first", [
    ["one.standing === undefined ? 0 : 1", "one.standing === undefined ? 0 : 2"],
    ['type === "anonymousId" ? 3 : 2', 'type === "anonymousId" ? 4 : 2'],
  ]),
  ...alike("shared/domain/profile/merge.ts", "two alike are the same", [
    ['(a.at ?? "") < (b.at ?? "") ? b : a', '(a.at ?? "") <= (b.at ?? "") ? b : a'],
  ]),
  ...alike("shared/domain/statistics/gamma.ts", "past the end of the list nothing is added", [
    ["term < LANCZOS.length;", "term <= LANCZOS.length;"],
  ]),
  ...alike("shared/domain/simulation/job.ts", "the pattern finds the day and the hour together, or neither", [
    ["day === undefined || hour === undefined", "day === undefined && hour === undefined"],
  ]),
  ...alike("shared/domain/routing/breaker.ts", "it is the first five seconds of 1970", [
    ["since = 0 }", "since = 1 }"],
  ]),
  ...alike("shared/domain/routing/sums.ts", "the list of bounds is not empty", [
    ["(LATENCIES_MS.at(-1) ?? 0)", "(LATENCIES_MS.at(-1) ?? 1)"],
  ]),
  ...alike("shared/domain/rehearsal/judge.ts", "both times are cut alike, past the same digit or mark", [
    [".slice(0, 16);", ".slice(1, 16);"],
    [".slice(0, 16);", ".slice(0, 17);"],
  ]),
  ...alike("shared/domain/playbook/compile/event-pattern.ts", "every address gets the same bit in front", [
    ["address * 256 + byte, 0)", "address * 256 + byte, 1)"],
  ]),
  ...alike("shared/domain/playbook/build/build-routes.ts", "the file's schema takes durations alone", [
    ["durationMs(fallBack.after) ?? 0", "durationMs(fallBack.after) ?? 1"],
  ]),
  ...alike("shared/domain/playbook/check/profile-room.ts", "of three parts one is always the largest", [
    ["line: 1, column: 1 }", "line: 2, column: 1 }"],
    ["line: 1, column: 1 }", "line: 1, column: 2 }"],
  ]),
  ...alike(
    "shared/domain/contact-policy/caps.ts",
    "it is only counted twice: all that is near is in one window",
    [
      ["if (time > at) planned", "if (time >= at) planned"],
      ["let planned = false", "let planned = true"],
    ],
  ),
  ...alike("shared/domain/contact-policy/holdout.ts", "no fraction is below 0", [
    ["share > 0 &&", "share >= 0 &&"],
  ]),
  ...alike("shared/domain/journey/enter.ts", "no fraction is below 0", [
    ["journey.holdout > 0 &&", "journey.holdout >= 0 &&"],
  ]),
  ...alike("shared/domain/profile/addresses.ts", "who sorts looks at the sign alone", [
    ["if (a.at !== b.at) return a.at > b.at ? -1 : 1;", "if (a.at !== b.at) return a.at > b.at ? -1 : 2;"],
    ["addressKey(b) ? -1 : 1;", "addressKey(b) ? -1 : 2;"],
  ]),
  ...alike("shared/domain/draft/merge/line-diff.ts", "a place more is kept, and not read", [
    ["reach + 1 + depth + 2)", "reach + 2 + depth + 2)"],
    ["reach + 1 + depth + 2)", "reach + 1 + depth + 3)"],
  ]),
  ...alike("shared/domain/decision/stages/arbitrate.ts", "there is nothing past the end", [
    ["place < order.length;", "place <= order.length;"],
  ]),
];

/** Whether a mutation of a file is one of those that are said to be equal. */
export const isSaidEqual = (mutant: Mutation & { readonly file: string; readonly text: string }): boolean =>
  SAID_EQUAL.some(
    ({ file, code, becomes }) =>
      file === mutant.file && mutated(mutant.text, mutant) === mutant.text.replace(code, () => becomes),
  );
