import type { Report } from "#client/api.generated.ts";
import { call } from "./api.ts";

export type Line = Report["items"][number];
export type Refusal = Report["refused"][number];
export type Dimension = "action" | "channel" | "placement" | "segment" | "treatment";

const DAY_MS = 86_400_000;
const PAGE = 100;
/** What lies beyond it is not shown, and the page says so: nobody reads so many lines. */
const MOST_PAGES = 30;

/** A report with the lines of all its pages. `whole` is false where it has more than are shown. */
export type WholeReport = Omit<Report, "cursor"> & { readonly whole: boolean };

const readReport = async (by: string, days: number): Promise<WholeReport> => {
  // A moment: the hub takes the day on which it falls for the brand.
  const from = new Date(Date.now() - (days - 1) * DAY_MS).toISOString();
  const ask = (cursor?: string): Promise<Report> =>
    call("GET /v1/reports", {
      query: { by, from, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
    });
  const first = await ask();
  const pages = [first];
  for (let { cursor } = first; cursor !== null && pages.length < MOST_PAGES; ) {
    const next = await ask(cursor);
    pages.push(next);
    cursor = next.cursor;
  }
  const { cursor: _, ...rest } = first;
  return {
    ...rest,
    items: pages.flatMap(({ items }) => items),
    refused: pages.flatMap(({ refused }) => refused),
    whole: pages.at(-1)?.cursor === null,
  };
};

/** The last so many days of the brand's calendar, today with them, by one or two dimensions. */
export const reportQuery = (by: readonly Dimension[], days: number) => ({
  queryKey: ["GET /v1/reports", by.join(), days],
  queryFn: () => readReport(by.join(), days),
});
