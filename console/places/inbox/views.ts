import type { Calls } from "#client/api.generated.ts";

type Query = NonNullable<Calls["GET /v1/conversations"]["input"]["query"]>;
export type Sort = NonNullable<Query["sort"]>;

/** Which conversations are looked at: those that wait for us, one's own, a team's, those that are over. */
export const VIEWS = ["waiting", "mine", "team", "closed"] as const;
export type View = (typeof VIEWS)[number];

export const SORTS = ["waiting", "due", "newest"] as const satisfies readonly Sort[];

/** What stands in the page's address. */
export type Search = {
  readonly view?: string;
  readonly sort?: string;
  readonly team?: string;
  readonly open?: string;
};

/** An address with some of it said anew; what is empty stands in none. */
export const searchWith = (
  search: Search,
  parts: { readonly [Name in keyof Search]: Search[Name] | undefined },
): Search =>
  Object.fromEntries(
    Object.entries({ ...search, ...parts }).filter(([, value]) => value !== undefined && value !== ""),
  );

/** What is looked at, as far as the address is understood. */
export type Looked = {
  readonly view: View;
  readonly sort: Sort;
  /** Empty: no team is chosen yet. */
  readonly team: string;
  /** The conversation that is open. */
  readonly open: string | undefined;
};

export const lookedAt = (search: Search): Looked => {
  const view = VIEWS.find((name) => name === search.view) ?? "waiting";
  return {
    view,
    sort: SORTS.find((name) => name === search.sort) ?? (view === "closed" ? "newest" : "waiting"),
    team: search.team ?? "",
    open: search.open,
  };
};

/** What the hub is asked for; `me`: what one's own conversations stand under. Null: a team has to be chosen first. */
export const askedFor = ({ view, sort, team }: Looked, me: string): Query | null => {
  switch (view) {
    case "waiting":
      return { state: "open", sort };
    case "mine":
      return { assignee: me, sort };
    case "team":
      return team === "" ? null : { team, sort };
    case "closed":
      return { state: "closed", sort };
  }
};
