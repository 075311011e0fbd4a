import { ADDRESSES } from "#channels/all.ts";
import type { ProviderReport } from "#channels/definition/report.ts";
import { journeyEvent } from "#domain/journey/effects.ts";
import type { TestFields, WhenFields } from "#domain/playbook/schema/test-file.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { Message } from "#domain/records/message.ts";
import { durationMs } from "#kernel/duration.ts";
import { hashId } from "#kernel/hash.ts";
import { decideAnswer } from "../decide/decide-answer.ts";
import { receiveMessages } from "../receive/receive-messages.ts";
import { recordOutcome } from "../record/record-outcome.ts";
import { recordReport } from "../record/record-report.ts";
import type { Stage } from "./stage.ts";

type Given = NonNullable<TestFields["given"]>;
type Who = Pick<WhenFields, "as" | "visitor">;

/** The customer of a test that names nobody. */
const SOMEBODY = "somebody";

/** How the customer is asked for. */
export const refOf = ({ as, visitor }: Who): string =>
  as === undefined && visitor !== undefined ? `anonymousId:${visitor}` : `userId:${as ?? SOMEBODY}`;

/** Both, where both are said: that is how a visitor becomes known. */
const identityOf = ({ as, visitor }: Who): Pick<CollectedEvent, "userId" | "anonymousId"> => ({
  ...(as === undefined && visitor !== undefined ? {} : { userId: as ?? SOMEBODY }),
  ...(visitor === undefined ? {} : { anonymousId: visitor }),
});

type Told = Partial<Pick<CollectedEvent, "traits" | "properties" | "imported" | "standing" | "at">>;

const eventFrom = (
  { deps }: Stage,
  who: Who,
  { type, name }: Pick<CollectedEvent, "type" | "name">,
  told: Told = {},
): CollectedEvent => {
  const now = new Date(deps.clock.now()).toISOString();
  return {
    id: hashId("evt", deps.ids.id("evt")),
    type,
    name,
    ...identityOf(who),
    at: now,
    receivedAt: now,
    source: "rehearsal",
    imported: false,
    depth: 0,
    standing: "trusted",
    ...told,
  };
};

const consentEvent = (
  stage: Stage,
  who: Who,
  consent: NonNullable<WhenFields["consent"]>,
  imported = false,
): CollectedEvent => {
  const { topic = "*", status = "granted", kind = "express", source = "test", channel } = consent;
  const properties = { channel, topic, status, kind, source };
  return eventFrom(stage, who, { type: "track", name: "Consent Changed" }, { properties, imported });
};

/** What a test begins with was so before: nothing of it triggers. */
export const begin = async (stage: Stage, { traits, consent = [], events = [] }: Given): Promise<void> => {
  const now = stage.deps.clock.now();
  const past = events.map(({ track, properties = {}, ago }) => {
    const at = new Date(now - (durationMs(ago) ?? 0)).toISOString();
    return eventFrom(stage, {}, { type: "track", name: track }, { properties, at, imported: true });
  });
  const known =
    traits === undefined
      ? []
      : [eventFrom(stage, {}, { type: "identify", name: "identify" }, { traits, imported: true })];
  const said = consent.map((one) => consentEvent(stage, {}, one, true));
  const all = [...past.toSorted((a, b) => (a.at < b.at ? -1 : 1)), ...known, ...said];
  if (all.length > 0) await stage.tell(all);
};

const recordOf = async ({ deps }: Stage, who: Who): Promise<CustomerRecord> => {
  const record = await deps.customers.find(refOf(who));
  if (record === null) throw new Error(`there is no customer ${refOf(who)} yet`);
  return record;
};

/** What a provider would report of a message; null: nothing that providers tell. */
const reportedBy = (
  outcome: string,
  message: Message,
  { at, addresses }: { readonly at: string; readonly addresses: readonly string[] },
): ProviderReport | null => {
  const ids = { messageId: message.messageId, providerMessageId: message.messageId, at };
  switch (outcome) {
    case "delivered":
      return { ...ids, fact: { kind: "delivered" } };
    case "opened":
      return { ...ids, fact: { kind: "opened", userAgent: "" } };
    case "clicked":
      return { ...ids, fact: { kind: "clicked", url: "", userAgent: "" } };
    case "complained":
      return { ...ids, fact: { kind: "complained", addresses } };
    case "bounced":
      return { ...ids, fact: { kind: "bounced", permanent: true, reason: "unknown", addresses } };
    case "unsubscribed":
      return { ...ids, fact: { kind: "unsubscribed", addresses } };
    default:
      return null;
  }
};

/** Where the message went. */
const reachedBy = ({ to, channel }: Message, { addresses }: CustomerRecord["state"]): readonly string[] =>
  to === undefined ? addresses.filter((one) => one.channel === channel).map(({ value }) => value) : [to];

/** How somebody takes what was said to them last by that action. */
const respond = async (
  stage: Stage,
  who: Who,
  { outcome, action }: { readonly outcome: string; readonly action: string },
): Promise<void> => {
  const { deps, notes } = stage;
  const { state } = await recordOf(stage, who);
  const ids = [state.customerId, ...state.absorbed];
  const isOwn = (customerId: string | null): boolean => customerId !== null && ids.includes(customerId);
  const decision = notes.decisions.findLast(
    (one) => isOwn(one.customerId) && one.actions.some((chosen) => chosen.action === action),
  );
  if (decision === undefined) throw new Error(`${action} was never said: there is nothing to come of it`);
  const { decisionId } = decision;
  const message = [...notes.requested.values()].find((one) => one.decisionId === decisionId);
  const at = new Date(deps.clock.now()).toISOString();
  const report =
    message === undefined ? null : reportedBy(outcome, message, { at, addresses: reachedBy(message, state) });
  if (report !== null) return recordReport(deps, report);
  const reporter = { source: "rehearsal", standing: "trusted" } as const;
  await recordOutcome({ ...deps, offers: deps.decisions }, { decisionId, action, outcome }, reporter);
};

const receive = async (stage: Stage, who: Who, channel: string, text: string): Promise<void> => {
  const { deps, playbook } = stage;
  const { state } = await recordOf(stage, who);
  const own = state.addresses.find((address) => address.channel === channel)?.value;
  const from = own ?? ADDRESSES.get(channel)?.example ?? "";
  const message = { channel, providerMessageId: deps.ids.id("in"), from, to: "", text };
  const playbooks = { current: async () => playbook.document };
  await receiveMessages(
    { ...deps, playbooks },
    {
      way: { provider: "rehearsal", account: "rehearsal" },
      payload: message.providerMessageId,
      readings: { messages: [message] },
    },
  );
};

const ask = async (stage: Stage, { channel, context, ...when }: WhenFields, placement: string) => {
  const { bus: _, ...deps } = stage.deps;
  const question = {
    ref: refOf(when),
    placements: [placement],
    dryRun: false,
    ...(channel === undefined ? {} : { channel }),
    ...(context === undefined ? {} : { context }),
  };
  await decideAnswer(deps, question, stage.playbook);
};

const enter = async (stage: Stage, { key, ...who }: WhenFields, journey: string): Promise<void> => {
  const { deps } = stage;
  const { customerId } = (await recordOf(stage, who)).state;
  const id = hashId("evt", deps.ids.id("evt"));
  const told = { id, customerId, at: new Date(deps.clock.now()).toISOString() };
  await stage.tell([journeyEvent("journey.enter", told, { journey, ...(key === undefined ? {} : { key }) })]);
};

const eventOf = (stage: Stage, when: WhenFields): CollectedEvent | null => {
  const { track, identify, page, screen, consent, properties = {} } = when;
  const standing = when.public === true ? "public" : "trusted";
  const said = (type: "track" | "page" | "screen", name: string) =>
    eventFrom(stage, when, { type, name }, { properties, standing });
  if (track !== undefined) return said("track", track);
  if (page !== undefined) return said("page", page);
  if (screen !== undefined) return said("screen", screen);
  if (consent !== undefined) return consentEvent(stage, when, consent);
  if (identify === undefined) return null;
  return eventFrom(stage, when, { type: "identify", name: "identify" }, { traits: identify, standing });
};

const passUntil = (stage: Stage, until: string): Promise<void> => {
  const now = stage.deps.clock.now();
  if (Date.parse(until) >= now) return stage.passUntil(Date.parse(until));
  throw new Error(`${until} is over: it is ${new Date(now).toISOString()} by then`);
};

/**
 * Lets one step of a test happen, with all that follows at that moment.
 * @throws Error in words for whoever wrote the test, where the step cannot happen
 */
export const happen = async (stage: Stage, when: WhenFields): Promise<void> => {
  const event = eventOf(stage, when);
  if (event !== null) return stage.tell([event]);
  const { advance, until, outcome, of, receive: text, channel, enter: journey } = when;
  if (advance !== undefined) return stage.passUntil(stage.deps.clock.now() + (durationMs(advance) ?? 0));
  if (until !== undefined) return passUntil(stage, until);
  if (when.ask !== undefined) await ask(stage, when, when.ask);
  if (outcome !== undefined && of !== undefined) await respond(stage, when, { outcome, action: of });
  if (text !== undefined && channel !== undefined) await receive(stage, when, channel, text);
  if (journey !== undefined) await enter(stage, when, journey);
  return stage.settle();
};
