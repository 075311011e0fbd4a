import type { SyntaxTree } from "#feel/index.ts";

/**
 * How a value moves with the clock. `runs`: on, back, one of both, or anyhow. `grain`: when it may become another: never, at
 * midnights, at full hours, at full minutes, at any instant.
 */
export type Reading = {
  readonly runs: "still" | "on" | "back" | "one way" | "anyhow";
  readonly grain: "none" | "day" | "hour" | "minute" | "instant";
};

const STILL: Reading = { runs: "still", grain: "none" };
const GRAINS = ["none", "day", "hour", "minute", "instant"] as const;

const coarser = (a: Reading["grain"], b: Reading["grain"]): Reading["grain"] =>
  GRAINS[Math.max(GRAINS.indexOf(a), GRAINS.indexOf(b))] ?? "instant";

const BACKWARDS = { still: "still", on: "back", back: "on", "one way": "one way", anyhow: "anyhow" } as const;
const turned = ({ runs, grain }: Reading): Reading => ({ runs: BACKWARDS[runs], grain });
const anyhow = ({ runs, grain }: Reading): Reading => ({
  runs: runs === "still" ? "still" : "anyhow",
  grain,
});

/** Of two that are added: it runs as both do, or as the one that does. */
const added = (a: Reading, b: Reading): Reading => {
  const grain = coarser(a.grain, b.grain);
  if (a.runs === "still") return { runs: b.runs, grain };
  if (b.runs === "still" || (a.runs === b.runs && a.runs !== "one way")) return { runs: a.runs, grain };
  return { runs: "anyhow", grain };
};

/** Times or through something that stands still: it runs one way, whichever. */
const scaled = (a: Reading, b: Reading): Reading => {
  const grain = coarser(a.grain, b.grain);
  const [moving, other] = a.runs === "still" ? [b, a] : [a, b];
  if (other.runs !== "still") return { runs: "anyhow", grain };
  return { runs: moving.runs === "still" || moving.runs === "anyhow" ? moving.runs : "one way", grain };
};

/** Parts of a moment or of a length of time: which of them never go back as it grows, and when they change. */
const PARTS: Readonly<
  Record<string, { readonly steady: boolean; readonly grain?: "day" | "hour" | "minute" }>
> = {
  year: { steady: true, grain: "day" },
  years: { steady: true },
  days: { steady: true },
  month: { steady: false, grain: "day" },
  day: { steady: false, grain: "day" },
  weekday: { steady: false, grain: "day" },
  hour: { steady: false, grain: "hour" },
  minute: { steady: false, grain: "minute" },
  "time offset": { steady: false, grain: "hour" },
};

const partOf = (of: Reading, name: string): Reading => {
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  if (part === undefined || of.runs === "still") return anyhow(of);
  const least = part.grain ?? of.grain;
  const grain = GRAINS.indexOf(least) < GRAINS.indexOf(of.grain) ? least : of.grain;
  return part.steady && of.runs !== "anyhow" ? { runs: of.runs, grain } : { runs: "anyhow", grain };
};

/** Of a moment the day: it changes at midnight only. */
const dayOf = (of: Reading): Reading => ({
  runs: of.runs,
  grain: of.grain === "none" ? "none" : "day",
});

/** The time of a day: to the minute is near enough. */
const timeOf = (of: Reading): Reading =>
  of.grain === "none" ? STILL : { runs: "anyhow", grain: of.grain === "instant" ? "minute" : of.grain };

const DAY_FUNCTIONS: readonly string[] = ["day of week", "day of year", "month of year", "week of year"];
/** They keep the order of what they are given. */
const STEADY_FUNCTIONS: readonly string[] = [
  "floor",
  "ceiling",
  "round up",
  "round down",
  "round half up",
  "number",
];

const calledOf = (name: string, given: readonly Reading[]): Reading => {
  const [first = STILL, second = STILL] = given;
  const all = given.reduce((a, b) => anyhow(added(a, b)), STILL);
  if (name === "now") return { runs: "on", grain: "instant" };
  if (name === "today") return { runs: "on", grain: "day" };
  if (given.length === 1 && name === "date") return dayOf(first);
  if (given.length === 1 && name === "time") return timeOf(first);
  if (given.length === 1 && DAY_FUNCTIONS.includes(name)) return anyhow(dayOf(first));
  if (name === "date and time" && second.runs === "still") return first;
  if (STEADY_FUNCTIONS.includes(name) && second.runs === "still") return first;
  if (name === "years and months duration") return added(second, turned(first));
  return all;
};

/** How the value of an expression moves with the clock. */
export const clockOf = (node: SyntaxTree): Reading => {
  switch (node.kind) {
    case "name":
      return node.name === "now" ? { runs: "on", grain: "instant" } : STILL;
    case "negation":
      return turned(clockOf(node.operand));
    case "arithmetic":
      return combined(node);
    case "path":
      return partOf(clockOf(node.target), node.name);
    case "call": {
      const given = node.named?.map(({ value }) => clockOf(value)) ?? node.positional.map(clockOf);
      return node.callee.kind === "name" ? calledOf(node.callee.name, given) : anyhow(together(node));
    }
    default:
      return anyhow(together(node));
  }
};

const combined = (node: Extract<SyntaxTree, { kind: "arithmetic" }>): Reading => {
  const [left, right] = [clockOf(node.left), clockOf(node.right)];
  if (node.operator === "+") return added(left, right);
  if (node.operator === "-") return added(left, turned(right));
  if (node.operator === "*" || (node.operator === "/" && right.runs === "still")) return scaled(left, right);
  return anyhow(added(anyhow(left), anyhow(right)));
};

/** Of all that a node is made of. */
const together = (node: SyntaxTree): Reading =>
  Object.entries(node)
    .flatMap(([member, part]) => (member === "type" ? [] : readingsAt(part)))
    .reduce((a, b) => added(anyhow(a), anyhow(b)), STILL);

const readingsAt = (part: unknown): readonly Reading[] => {
  if (typeof part !== "object" || part === null) return [];
  if ("kind" in part && "from" in part) return [clockOf(part as SyntaxTree)];
  return Object.values(part).flatMap(readingsAt);
};
