import * as z from "zod/mini";
import { SERVICE_DIMENSIONS } from "#domain/conversation/service-report.ts";
import { listOf, Page } from "#runtime/http/paging.ts";

const count = z.int();
const seconds = z.nullable(z.int());
/** A day of the brand's calendar. */
const day = z.exactOptional(z.iso.date());

/** How customers were answered: a row for each team, channel, topic, agent or hour. */
export const ServiceReport = z.extend(
  listOf(
    z.object({
      key: z.string(),
      opened: count,
      closed: count,
      reopened: count,
      /** Those that a person answered for the first time. */
      answered: count,
      /** Working time until then, in seconds: that of half of them, and of nine in ten. */
      firstAnswer: z.object({ p50: seconds, p90: seconds }),
      breached: count,
      /** Not closed now. */
      backlog: count,
      rating: z.object({ average: z.nullable(z.number()), count }),
    }),
  ),
  {
    from: z.string(),
    to: z.string(),
    by: z.enum(SERVICE_DIMENSIONS),
    /** There are more conversations than are looked at. */
    isPartial: z.boolean(),
  },
);
export const ServiceQuery = z.extend(Page, {
  from: day,
  to: day,
  by: z.exactOptional(z.enum(SERVICE_DIMENSIONS)),
});
