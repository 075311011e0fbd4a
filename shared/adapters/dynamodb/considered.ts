import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import * as z from "zod/mini";
import { toldScore } from "#domain/decision/stages/score.ts";
import { REJECTION_REASONS as REASONS, type Rejection, STAGES } from "#domain/records/decision.ts";

const count = z.int().check(z.minimum(0));
const numbers = z.optional(z.array(z.number()));
/**
 * Everything that was considered and not chosen, as one small attribute: at most 2 KB for a hundred actions. Columns
 * instead of rows, because like things beside one another compress well; what decided is told by number, since many share
 * it. Actions are told by their place in the version, which never changes: names are the longest of all. Factors of
 * scores have the digits that people are told (`toldScore`).
 */
const Columns = z.object({
  /** Names, a line each: of those that the version lacks; where there are no places, of all. */
  a: z.string(),
  /** Place of each action in the version that decided; -1: it lacks it. */
  x: numbers,
  /** Of each: stage x 10 + reason, `SCORED` more where it was scored, twice that where it was not worth interrupting. */
  c: z.array(count),
  /** What decided, each once, and of each the position in there; -1: nothing. */
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

const SCORED = STAGES.length * REASONS.length;
const QUALITY = 6;

/** Position of a text in the dictionary, which grows by it when it is new. */
const position = (dictionary: Map<string, number>, text: string): number => {
  const known = dictionary.get(text) ?? dictionary.size;
  dictionary.set(text, known);
  return known;
};

/** The actions of a version, in its order. */
export type Listed = readonly { readonly name: string }[];

/** `actions`: those of the version that decided; absent: each is told by its name. */
export const packRejections = (rejected: readonly Rejection[], actions: Listed = []): Uint8Array => {
  const places = new Map(actions.map(({ name }, place) => [name, place]));
  const dictionary = new Map<string, number>();
  const interruptions = new Map<string, number>();
  const told = rejected.flatMap(({ factors }) => (factors === undefined ? [] : [toldScore(factors)]));
  const columns: Columns = {
    a: rejected.flatMap(({ action }) => (places.has(action) ? [] : [action])).join("\n"),
    ...(actions.length === 0 ? {} : { x: rejected.map(({ action }) => places.get(action) ?? -1) }),
    c: rejected.map(
      ({ stage, reason, factors, interruption }) =>
        STAGES.indexOf(stage) * REASONS.length +
        REASONS.indexOf(reason) +
        (factors === undefined ? 0 : SCORED) +
        (interruption === undefined ? 0 : 2 * SCORED),
    ),
    b: rejected.map(({ by }) => (by === undefined ? -1 : position(dictionary, by))),
    d: [],
    p: told.map(({ propensity }) => propensity),
    o: told.some(({ bonus }) => bonus !== undefined) ? told.map(({ bonus = 0 }) => bonus) : [],
    v: told.map(({ value }) => value),
    w: told.map(({ contextWeight }) => contextWeight),
    l: told.map(({ lever }) => lever),
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

/**
 * `actionsOf`: reads the actions of the version that decided, where they are told by their places.
 * @throws ZodError when it is not what `packRejections` wrote
 */
export const unpackRejections = async (
  packed: Uint8Array,
  actionsOf: () => Promise<Listed>,
): Promise<Rejection[]> => {
  const { a, b, c, d, x, ...columns } = z.parse(Columns, JSON.parse(brotliDecompressSync(packed).toString()));
  const { p = [], o = [], v = [], w = [], l = [], n = [], i = [] } = columns;
  if (c.length === 0) return [];
  let scored = 0;
  let refused = 0;
  const nextFactors = (): Pick<Rejection, "factors"> => {
    const [propensity = 0, value = 0, contextWeight = 1, lever = 1] = [p, v, w, l].map((one) => one[scored]);
    const bonus = o[scored] ?? 0;
    scored += 1;
    const score = (propensity + bonus) * value * contextWeight * lever;
    return { factors: toldScore({ score, propensity, bonus, value, contextWeight, lever }) };
  };
  const nextInterruption = (): Pick<Rejection, "interruption"> => {
    const [channel = "", cost = 0, minimum = 0] = n[i[refused] ?? -1] ?? [];
    refused += 1;
    return { interruption: { channel, cost, minimum } };
  };
  const names = a.split("\n").values();
  const listed = x === undefined ? [] : await actionsOf();
  return c.map((code, index): Rejection => {
    const place = x?.[index] ?? -1;
    const action = (place === -1 ? names.next().value : listed[place]?.name) ?? "";
    const by = d[b[index] ?? -1];
    return {
      action,
      stage: STAGES[Math.floor((code % SCORED) / REASONS.length)] ?? "eligibility",
      reason: REASONS[code % REASONS.length] ?? "rule",
      ...(by === undefined ? {} : { by }),
      ...(Math.floor(code / SCORED) % 2 === 1 ? nextFactors() : {}),
      ...(code >= 2 * SCORED ? nextInterruption() : {}),
    };
  });
};
