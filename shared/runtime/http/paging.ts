import * as z from "zod/mini";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import { jsonShapes } from "./shapes.ts";

const DEFAULT_LIMIT = 50;
const wholeNumber = z.string().check(z.regex(/^([1-9]\d?|100)$/, { error: "a whole number from 1 to 100" }));

/** How many items of a list are wanted at once. */
export const Limit = z
  .pipe(
    z.optional(wholeNumber),
    z.transform((text) => (text === undefined ? DEFAULT_LIMIT : Number(text))),
  )
  .register(jsonShapes, { type: "integer", minimum: 1, maximum: 100, default: DEFAULT_LIMIT });

/** The query of every list: `cursor` is that of the answer before. */
export const Page = z.object({ limit: Limit, cursor: z.exactOptional(z.string()) });

/** The answer of every list: `cursor` is null when there is nothing after it. */
export const listOf = <Item extends z.core.$ZodType>(item: Item) =>
  z.object({ items: z.array(item), cursor: z.nullable(z.string()) });

/** What the API's document says of a page's query. */
export const PAGE = {
  limit: { about: "How many items at most: 1 to 100, 50 without it", example: 20 },
  cursor: { about: "`cursor` of the answer before; without it the newest are answered", example: "MjAyNi0x" },
} as const;

/**
 * A page of a list that is short enough to be had as a whole, the greatest place first.
 * @param placeOf tells the items apart; a cursor is the place of the last one given
 */
export const pageOf = <Item>(
  all: readonly Item[],
  placeOf: (item: Item) => string,
  { limit, cursor }: z.output<typeof Page>,
): { readonly items: Item[]; readonly cursor: string | null } => {
  const before = cursor === undefined ? undefined : fromCursor(cursor, /^.+$/);
  const placed = all
    .map((item) => ({ item, place: placeOf(item) }))
    .filter(({ place }) => before === undefined || place < before)
    .sort((one, other) => (one.place < other.place ? 1 : -1));
  const page = placed.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    cursor: last !== undefined && placed.length > limit ? toCursor(last.place) : null,
  };
};
