import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import * as z from "zod/mini";
import { roundedScore } from "#domain/decision/stages/score.ts";
import {
  type Cause,
  REJECTION_REASONS,
  type Rejection,
  type RejectionReason,
  STAGES,
} from "#domain/records/decision.ts";
import { readCause } from "./causes.ts";

const count = z.int().check(z.minimum(0));
const numbers = z.optional(z.array(z.number()));
/**
 * Everything that was considered and not chosen, as one small attribute: at most 2 KB for a hundred actions. Columns
 * instead of rows, because like things beside one another compress well; what decided is named by number, since many share
 * it. Factors of scores have the digits that people are shown (`roundedScore`).
 */
const Columns = z.object({
  /** Names of the actions, a line each. */
  a: z.string(),
  /** Release 0.1 named an action by its place in the version that decided; -1: by the next line of `a`. */
  x: numbers,
  /** Of each: stage x 10 + reason, `SCORED` more where it was scored, twice that where it was not worth interrupting. */
  c: z.array(count),
  /** The causes as JSON, each once, and of each rejection the position in there; -1, in release 0.1: it needed none. */
  d: z.array(z.string()),
  b: z.array(z.int()),
  /** Propensity, bonus (empty where nobody had one), value, context weight and lever of those that were scored. */
  p: numbers,
  o: numbers,
  v: numbers,
  w: numbers,
  l: numbers,
  /** Channel, cost and minimum of interruptions, each once, and of those not worth one the position in there. */
  n: z.optional(z.array(z.tuple([z.string(), z.number(), z.number()]))),
  i: z.optional(z.array(count)),
});
type Columns = z.infer<typeof Columns>;

/** Those that release 0.1 had, by position; what came later is told from its cause. */
const REASONS = REJECTION_REASONS.filter((reason) => reason !== "conversation" && reason !== "window");
const storedReason = (reason: RejectionReason): (typeof REASONS)[number] =>
  reason === "conversation" || reason === "window" ? "quiet-hours" : reason;
const reasonBy = ({ kind }: Cause, stored: RejectionReason): RejectionReason => {
  if (kind === "held") return "conversation";
  return kind === "window" ? "window" : stored;
};

const SCORED = STAGES.length * REASONS.length;
const QUALITY = 6;

/** Position of a text in the dictionary, which grows by it when it is new. */
const position = (dictionary: Map<string, number>, text: string): number => {
  const known = dictionary.get(text) ?? dictionary.size;
  dictionary.set(text, known);
  return known;
};

export const packRejections = (rejected: readonly Rejection[]): Uint8Array => {
  const dictionary = new Map<string, number>();
  const interruptions = new Map<string, number>();
  const scored = rejected.flatMap(({ factors }) => (factors === undefined ? [] : [roundedScore(factors)]));
  const columns: Columns = {
    a: rejected.map(({ action }) => action).join("\n"),
    c: rejected.map(
      ({ stage, reason, factors, interruption }) =>
        STAGES.indexOf(stage) * REASONS.length +
        REASONS.indexOf(storedReason(reason)) +
        (factors === undefined ? 0 : SCORED) +
        (interruption === undefined ? 0 : 2 * SCORED),
    ),
    b: rejected.map(({ cause }) => position(dictionary, JSON.stringify(cause))),
    d: [],
    p: scored.map(({ propensity }) => propensity),
    o: scored.some(({ bonus }) => bonus !== undefined) ? scored.map(({ bonus = 0 }) => bonus) : [],
    v: scored.map(({ value }) => value),
    w: scored.map(({ contextWeight }) => contextWeight),
    l: scored.map(({ lever }) => lever),
    i: rejected.flatMap(({ interruption }) => {
      if (interruption === undefined) return [];
      const { channel, cost, minimum } = interruption;
      return [position(interruptions, JSON.stringify([channel, cost, minimum]))];
    }),
  };
  const texts = { d: [...dictionary.keys()], n: [...interruptions.keys()].map((key) => JSON.parse(key)) };
  return brotliCompressSync(JSON.stringify({ ...columns, ...texts }), {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  });
};

const columnsOf = (packed: Uint8Array): Columns =>
  z.parse(Columns, JSON.parse(brotliDecompressSync(packed).toString()));

/** Whether release 0.1 wrote it: actions are named by their places in the version that decided. */
export const namesByPlace = (packed: Uint8Array): boolean => columnsOf(packed).x !== undefined;

/** The actions of a version, in its order. */
export type Listed = readonly { readonly name: string }[];

/**
 * `actions`: those of the version that decided, for what names them by place.
 * @throws ZodError when it is not what `packRejections` wrote
 */
export const unpackRejections = (packed: Uint8Array, actions: Listed = []): Rejection[] => {
  const { a, b, c, d, x, ...columns } = columnsOf(packed);
  const { p = [], o = [], v = [], w = [], l = [], n = [], i = [] } = columns;
  if (c.length === 0) return [];
  let scored = 0;
  let refused = 0;
  const nextFactors = (): Pick<Rejection, "factors"> => {
    const [propensity = 0, value = 0, contextWeight = 1, lever = 1] = [p, v, w, l].map((one) => one[scored]);
    const bonus = o[scored] ?? 0;
    scored += 1;
    const score = (propensity + bonus) * value * contextWeight * lever;
    return { factors: roundedScore({ score, propensity, bonus, value, contextWeight, lever }) };
  };
  const nextInterruption = (): Pick<Rejection, "interruption"> => {
    const [channel = "", cost = 0, minimum = 0] = n[i[refused] ?? -1] ?? [];
    refused += 1;
    return { interruption: { channel, cost, minimum } };
  };
  const names = a.split("\n").values();
  return c.map((code, index): Rejection => {
    const place = x?.[index] ?? -1;
    const reason = REASONS[code % REASONS.length] ?? "rule";
    const cause = readCause(d[b[index] ?? -1] ?? "", reason);
    return {
      action: (place === -1 ? names.next().value : actions[place]?.name) ?? "",
      stage: STAGES[Math.floor((code % SCORED) / REASONS.length)] ?? "eligibility",
      reason: reasonBy(cause, reason),
      cause,
      ...(Math.floor(code / SCORED) % 2 === 1 ? nextFactors() : {}),
      ...(code >= 2 * SCORED ? nextInterruption() : {}),
    };
  });
};
