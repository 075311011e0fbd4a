import * as z from "zod/mini";
import { parse } from "../parse.ts";
import type { HttpRequest } from "./http-request.ts";

const DEFAULT_LIMIT = 50;

const Page = z.object({
  limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|100)$/, { error: "a whole number from 1 to 100" }))),
  cursor: z.optional(z.string()),
});

/** The query parameters of every list, as the API's document tells them. */
export const PAGE_PARAMETERS = { limit: "1 to 100, default 50", cursor: "of the answer before" } as const;

/** The answer of every list: `cursor` is null when there is nothing after it. */
export const listOf = <Item extends z.core.$ZodType>(item: Item) =>
  z.object({ items: z.array(item), cursor: z.nullable(z.string()) });

/** Which page a request asks for. Throws `invalid_request`. */
export const readPage = ({ query }: Pick<HttpRequest, "query">): { limit: number; cursor?: string } => {
  const { limit, cursor } = parse(Page, query);
  return {
    limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
    ...(cursor === undefined ? {} : { cursor }),
  };
};
