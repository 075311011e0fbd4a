import { fromDecisionItem } from "#adapters/dynamodb/decisions/decision-item.ts";
import { fromMessageItem } from "#adapters/dynamodb/messages/message-item.ts";
import { reasonName } from "#domain/message/status.ts";
import type { Report } from "#functions/measure/models-api/operations.ts";
import { allItems } from "../aws/all-items.ts";
import type { Hub } from "../hub/client.ts";

/** `<placement>,<action> decided`, `... sent`, `<segment> decided`, `<placement> refused <reason>` -> how many. */
export type Recounted = Readonly<Record<string, number>>;

const sorted = (counts: ReadonlyMap<string, number>): Recounted =>
  Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** What reports should say, from every record of the history table. */
export const recount = async (awsUrl: string): Promise<Recounted> => {
  const items = await allItems(awsUrl, "history");
  const counts = new Map<string, number>();
  const add = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const decisions = items.filter(({ kind }) => kind?.S === "decision").map((item) => fromDecisionItem(item));
  for (const { placement, actions, rejected, segments = [] } of decisions) {
    for (const { action } of actions) {
      add(`${placement},${action} decided`);
      for (const segment of segments) add(`${segment} decided`);
    }
    if (actions.length > 0) continue;
    for (const reason of new Set(rejected.map((one) => one.reason))) add(`${placement} refused ${reason}`);
  }
  const byId = new Map(decisions.map((decision) => [decision.decisionId, decision]));
  for (const item of items) {
    if (item.kind?.S !== "message") continue;
    const { decisionId, history } = fromMessageItem(item);
    const decision = byId.get(decisionId);
    const [chosen] = decision?.actions ?? [];
    if (decision === undefined || chosen === undefined) continue;
    if (history.some(({ status }) => status === "sent")) add(`${decision.placement},${chosen.action} sent`);
    const stopped = history.find(({ status }) => status === "rejected")?.reason;
    if (stopped !== undefined) add(`${decision.placement} refused ${reasonName(stopped)}`);
  }
  return sorted(counts);
};

/** The same from `GET /v1/reports`, page by page. */
export const reported = async (hub: Hub, range = "from=2026-01-01&to=2026-12-31"): Promise<Recounted> => {
  const counts = new Map<string, number>();
  const add = (key: string, count: number): void => {
    if (count > 0) counts.set(key, (counts.get(key) ?? 0) + count);
  };
  const { body: bySegment } = await hub.call("GET", `/v1/reports?${range}&by=segment&limit=100`);
  for (const { key, decided } of (bySegment as Report).items) add(`${key} decided`, decided);
  let cursor: string | null = "";
  while (cursor !== null) {
    const next: string = cursor === "" ? "" : `&cursor=${cursor}`;
    const { status, body } = await hub.call("GET", `/v1/reports?${range}&by=placement,action&limit=3${next}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    const report = body as Report;
    for (const { key, decided, sent } of report.items) {
      add(`${key} decided`, decided);
      add(`${key} sent`, sent);
    }
    for (const { placement, reason, count } of report.refused) add(`${placement} refused ${reason}`, count);
    cursor = report.cursor;
  }
  return sorted(counts);
};
