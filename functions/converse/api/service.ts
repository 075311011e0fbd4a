import { localDay } from "#domain/calendar/local-day.ts";
import { serviceReport } from "#domain/conversation/service-report.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { conversationPolicyOf } from "#domain/playbook/model/conversations.ts";
import { wrongField } from "#kernel/errors.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { ConversationStore } from "#ports/conversation-store.ts";
import type { Answer, Call } from "#runtime/http/operation.ts";
import { pageOf } from "#runtime/http/paging.ts";
import { readService } from "#usecases/converse/read-service.ts";
import type { operations } from "./operations.ts";

export type ServiceDependencies = {
  readonly conversations: Pick<ConversationStore, "list">;
  readonly playbooks: { readonly current: () => Promise<CompiledPlaybook> };
  readonly clock: Clock;
};

type Operation = typeof operations.showServiceReport;

/** What one look may cover; what is asked for without days are the last seven. */
const MOST_DAYS = 366;
const USUAL_DAYS = 7;

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

const rangeOf = ({ from, to }: Call<Operation>["query"], today: string) => {
  const last = to ?? today;
  const first = from ?? dayBefore(last, USUAL_DAYS - 1);
  if (first > last) throw wrongField("from", `a day not after ${last}`, "a later one");
  if (first < dayBefore(last, MOST_DAYS - 1))
    throw wrongField("from", `at most ${MOST_DAYS} days before the last`, "more");
  return { from: first, to: last };
};

/** How customers were answered within some days. */
export const showService = async (
  { conversations, playbooks, clock }: ServiceDependencies,
  { query }: Call<Operation>,
): Promise<Answer<Operation>> => {
  const { document } = await playbooks.current();
  const { timeZone: zone } = document.brand;
  const range = rangeOf(query, localDay(zone, clock.now()));
  const { by = "team" } = query;
  const { hours } = conversationPolicyOf(document);
  // The first day began somewhere up to a day before it does in UTC.
  const { heads, isPartial } = await readService(conversations, `${dayBefore(range.from, 1)}T00:00:00.000Z`);
  const rows = serviceReport(heads, { ...range, by, zone, hours });
  const page = pageOf(rows, ({ key }) => key, query);
  return { status: 200, json: { ...page, ...range, by, isPartial } };
};
