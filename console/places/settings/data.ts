import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Calls } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";

export type Colleague = Calls["GET /v1/people"]["answer"]["items"][number];
export type Key = Calls["GET /v1/keys"]["answer"]["items"][number];
export type AuditEntry = Calls["GET /v1/audit"]["answer"]["items"][number];
export type Role = Colleague["roles"][number];
export type Scope = Key["scopes"][number];

const PAGE = 100;
/** More colleagues or keys than this are more than a page shows. */
const MOST_PAGES = 20;

type Page<Item> = { readonly items: readonly Item[]; readonly cursor: string | null };

const whole = async <Item>(
  ask: (query: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): Promise<readonly Item[]> => {
  const found: Item[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: Page<Item> = await ask({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });
    found.push(...answer.items);
    cursor = answer.cursor;
    if (cursor === null) break;
  }
  return found;
};

/** Who works with the hub, by name. */
export const peopleQuery = () =>
  queryOptions({
    queryKey: ["GET /v1/people"],
    queryFn: async () =>
      (await whole((query) => call("GET /v1/people", { query }))).toSorted((one, other) =>
        one.name.localeCompare(other.name),
      ),
  });

/** All keys, the newest first. */
export const keysQuery = () =>
  queryOptions({
    queryKey: ["GET /v1/keys"],
    queryFn: () => whole((query) => call("GET /v1/keys", { query })),
  });

/** Whose entries of the audit log are wanted, of which call, about what. */
export type AuditFilter = {
  readonly actor?: string;
  readonly call?: string;
  readonly target?: string;
  /** The first and the last day, `2026-11-30`, as the calendar of whoever reads has them. */
  readonly from?: string;
  readonly to?: string;
};

/** The moment at which a day begins where the reader is, or the day so many days after it; undefined for what is no day. */
export const beginOf = (day: string | undefined, after = 0): string | undefined => {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? "") ?? [];
  if (date === undefined) return undefined;
  const begin = new Date(Number(year), Number(month) - 1, Number(date) + after);
  return Number.isNaN(begin.getTime()) ? undefined : begin.toISOString();
};

const AUDIT_PAGE = 50;
export const auditQuery = ({ actor, call: of, target, from, to }: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["GET /v1/audit", actor, of, target, from, to],
    queryFn: ({ pageParam }) => {
      const wanted = { actor, call: of, target, from: beginOf(from), to: beginOf(to, 1) };
      const named = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
      const after = pageParam === null ? {} : { cursor: pageParam };
      return call("GET /v1/audit", { query: { limit: AUDIT_PAGE, ...named, ...after } });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
  });
