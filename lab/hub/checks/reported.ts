import { localDay } from "#domain/calendar/local-day.ts";
import { reasonName } from "#domain/message/status.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { Message } from "#domain/records/message.ts";
import { rowKey } from "#domain/report/row.ts";
import type { Check, Stored } from "./watcher.ts";

/** Row and count -> how many, made anew from the records. */
type Recount = Map<string, number>;

/** Statuses of what left, whatever became of its sender. */
const LEFT: readonly string[] = ["sent", "delivered"];

const add = (recount: Recount, row: Parameters<typeof rowKey>[0], name: string): void => {
  const key = `${rowKey(row)} ${name}`;
  recount.set(key, (recount.get(key) ?? 0) + 1);
};

const zoneOf = ({ playbooks }: Stored, { playbook }: Decision): string =>
  playbooks.find(({ version }) => version === playbook)?.document.brand.timeZone ?? "UTC";

const choiceIn = (stored: Stored, decision: Decision, action: Decision["actions"][number], at: string) =>
  ({
    kind: "choice",
    day: localDay(zoneOf(stored, decision), Date.parse(at)),
    placement: decision.placement,
    action: action.action,
    treatment: action.treatment,
    channel: action.channel ?? "",
    ...(decision.segments === undefined ? {} : { segments: decision.segments }),
  }) as const;

const addDecision = (recount: Recount, stored: Stored, decision: Decision): void => {
  for (const action of decision.actions)
    add(recount, choiceIn(stored, decision, action, decision.at), "decided");
  if (decision.actions.length > 0) return;
  const day = localDay(zoneOf(stored, decision), Date.parse(decision.at));
  for (const reason of new Set(decision.rejected.map((one) => one.reason)))
    add(recount, { kind: "refusal", day, placement: decision.placement }, reason);
};

/** What left, on the day of its history's first such word; and what policy stopped when it was to leave. */
const addMessage = (recount: Recount, stored: Stored, message: Message): void => {
  const decision = stored.decisions.get(message.decisionId);
  const [action] = decision?.actions ?? [];
  if (decision === undefined || action === undefined) return;
  const left = message.history.find(({ status }) => LEFT.includes(status));
  if (left !== undefined) add(recount, choiceIn(stored, decision, action, left.at), "sent");
  const stopped = message.history.find(({ status }) => status === "rejected");
  if (stopped?.reason === undefined) return;
  const day = localDay(zoneOf(stored, decision), Date.parse(stopped.at));
  add(recount, { kind: "refusal", day, placement: decision.placement }, reasonName(stopped.reason));
};

/** A row whatever its day. */
const ofAnyDay = (key: string): string => key.replace(/^\["[^"]*"/, '["any day"');

/**
 * The answer to an attempt was lost: it timed out, or its sender died, and the next that is known is that nobody knows, another
 * attempt, or a bounce that the provider told of.
 */
const mayHaveLeft = (
  { status, reason = "" }: Message["history"][number],
  index: number,
  history: Message["history"],
): boolean =>
  status === "uncertain" ||
  reason.startsWith("unknown whether sent") ||
  (history[index - 1]?.status === "sending" && (status === "sending" || reason.startsWith("bounced")));

/**
 * How many messages of a row may have left although their record says that they failed, and no more: nobody knew of an
 * attempt whether it was taken. That the provider tells of its delivery proves that it was, and counts.
 */
const perhapsSent = (stored: Stored): ReadonlyMap<string, number> => {
  const perhaps: Recount = new Map();
  for (const { decisionId, status, history } of stored.messages.values()) {
    const decision = stored.decisions.get(decisionId);
    const [action] = decision?.actions ?? [];
    if (decision === undefined || action === undefined || !history.some(mayHaveLeft)) continue;
    if (status !== "failed" && status !== "rejected") continue;
    if (history.some((change) => LEFT.includes(change.status))) continue;
    const key = ofAnyDay(`${rowKey(choiceIn(stored, decision, action, decision.at))} sent`);
    perhaps.set(key, (perhaps.get(key) ?? 0) + 1);
  }
  return perhaps;
};

/**
 * Where a provider tells after midnight of the delivery of what left before it, and is heard before the sender, the message
 * counts on the day of its delivery: of each row, how many may be a day away from it, and how many may have come to it.
 */
const aroundMidnight = (stored: Stored): { readonly away: Recount; readonly here: Recount } => {
  const [away, here]: [Recount, Recount] = [new Map(), new Map()];
  for (const { decisionId, history } of stored.messages.values()) {
    const decision = stored.decisions.get(decisionId);
    const [action] = decision?.actions ?? [];
    const [left, ...later] = history.filter(({ status }) => LEFT.includes(status));
    if (decision === undefined || action === undefined || left === undefined) continue;
    const own = choiceIn(stored, decision, action, left.at);
    const told = later.map(({ at }) => choiceIn(stored, decision, action, at));
    const [other] = told.filter(({ day }) => day !== own.day);
    if (other === undefined) continue;
    add(away, own, "sent");
    add(here, other, "sent");
  }
  return { away, here };
};

/** What is recounted: the others come from what people do, whose facts are told twice as well. */
const isRecounted = (key: string, stored: ReturnType<typeof refusals>): boolean =>
  key.endsWith(" decided") || key.endsWith(" sent") || stored.has(key);

const refusals = (recount: Recount): ReadonlySet<string> =>
  new Set([...recount.keys()].filter((key) => !key.endsWith(" decided") && !key.endsWith(" sent")));

/** Reports are exact: every decision that is recorded counts once, and every message that left. */
export const reportedOnce: Check = {
  name: "what is recorded is reported once",
  watch: (stored, violated) => ({
    atRest: async () => {
      const right: Recount = new Map();
      for (const decision of stored.decisions.values()) addDecision(right, stored, decision);
      for (const message of stored.messages.values()) addMessage(right, stored, message);
      const kept: Recount = new Map();
      for (const { row, counts } of await stored.reports.read({ from: "0000", to: "9999" }))
        for (const [name, count] of Object.entries(counts)) kept.set(`${rowKey(row)} ${name}`, count);
      const known = refusals(right);
      const perhaps = perhapsSent(stored);
      const { away, here } = aroundMidnight(stored);
      for (const key of new Set([...right.keys(), ...kept.keys()])) {
        if (!isRecounted(key, known)) continue;
        const more = (kept.get(key) ?? 0) - (right.get(key) ?? 0);
        const mayBeMore = (perhaps.get(ofAnyDay(key)) ?? 0) + (here.get(key) ?? 0);
        if (more < -(away.get(key) ?? 0) || more > mayBeMore)
          violated(`${key} is ${right.get(key) ?? 0}, and reported as ${kept.get(key) ?? 0}`);
      }
    },
  }),
};
