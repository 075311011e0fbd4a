import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import * as z from "zod/mini";
import { REJECTION_REASONS as REASONS, type Rejection, STAGES } from "../../domain/decision/types.ts";

const count = z.int().check(z.minimum(0));
const Factors = z.tuple([z.number(), z.number(), z.number(), z.number()]);
/**
 * Everything that was considered and not chosen, as one small attribute: at most 2 KB for a hundred actions. Columns
 * instead of rows, because like things beside one another compress well; what decided is told by number, since many share
 * it. Factors of scores are rounded to four digits: enough to tell why one was worth more.
 */
const Columns = z.object({
  /** Names, a line each. */
  a: z.string(),
  /** Of each: stage x 10 + reason. */
  c: z.array(count),
  /** What decided, each once, and of each the position in there; -1: nothing. */
  d: z.array(z.string()),
  b: z.array(z.int()),
  /** Propensity, value, context weight, lever; 0 where it was not scored. */
  f: z.array(z.union([Factors, z.literal(0)])),
});
type Columns = z.infer<typeof Columns>;

const DIGITS = 4;
const rounded = (value: number): number => Number(value.toPrecision(DIGITS));
const QUALITY = 6;

/** Position of a text in the dictionary, which grows by it when it is new. */
const position = (dictionary: Map<string, number>, text: string): number => {
  const known = dictionary.get(text) ?? dictionary.size;
  dictionary.set(text, known);
  return known;
};

export const packRejections = (rejected: readonly Rejection[]): Uint8Array => {
  const dictionary = new Map<string, number>();
  const columns: Columns = {
    a: rejected.map(({ action }) => action).join("\n"),
    c: rejected.map(({ stage, reason }) => STAGES.indexOf(stage) * REASONS.length + REASONS.indexOf(reason)),
    b: rejected.map(({ by }) => (by === undefined ? -1 : position(dictionary, by))),
    d: [],
    f: rejected.map(({ factors }) =>
      factors === undefined
        ? 0
        : [
            rounded(factors.propensity),
            rounded(factors.value),
            rounded(factors.contextWeight),
            rounded(factors.lever),
          ],
    ),
  };
  return brotliCompressSync(JSON.stringify({ ...columns, d: [...dictionary.keys()] }), {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  });
};

const factorsOf = (packed: Columns["f"][number] | undefined): Pick<Rejection, "factors"> => {
  if (packed === undefined || packed === 0) return {};
  const [propensity, value, contextWeight, lever] = packed;
  const score = rounded(propensity * value * contextWeight * lever);
  return { factors: { score, propensity, value, contextWeight, lever } };
};

/** @throws ZodError when it is not what `packRejections` wrote */
export const unpackRejections = (packed: Uint8Array): Rejection[] => {
  const { a, b, c, d, f } = z.parse(Columns, JSON.parse(brotliDecompressSync(packed).toString()));
  if (c.length === 0) return [];
  return a.split("\n").map((action, index): Rejection => {
    const code = c[index] ?? 0;
    const by = d[b[index] ?? -1];
    return {
      action,
      stage: STAGES[Math.floor(code / REASONS.length)] ?? "eligibility",
      reason: REASONS[code % REASONS.length] ?? "rule",
      ...(by === undefined ? {} : { by }),
      ...factorsOf(f[index]),
    };
  });
};
