import { orderedIn } from "#domain/decision/input/named-order.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { Message } from "#domain/records/message.ts";
import type { Consent } from "#domain/records/permission.ts";
import { hashId } from "#kernel/hash.ts";
import { findRecipient } from "#usecases/decide/find-recipient.ts";
import { findEarlierOrder, orderMessage, repeatOrder } from "#usecases/decide/order-message.ts";
import { confirmConsent } from "#usecases/record/confirm-consent.ts";
import type { Dependencies, Ground } from "./environment.ts";
import type { Hub } from "./hub.ts";
import type { Invocation } from "./machine/processes.ts";
import type { Deed } from "./shop/people.ts";
import { beginSend, sendIdOf } from "./walking.ts";

/** A client that is not answered asks again, so often, and waits longer each time. */
const TRIES = 6;
const FIRST_WAIT_MS = 500;
/** After so long without an answer it takes the call for lost. */
const PATIENCE_MS = 29_000;

/** As functions/measure/links does it: consent first, of the person and of the mailbox, then the fact for the timeline. */
const unsubscribing = ({ messageId, customerId, channel, category }: Message, at: string) => {
  const said = { channel, topic: category, status: "withdrawn", kind: "express" } as const;
  const consent: Consent = { ...said, source: "one-click unsubscribe", at };
  const event: CollectedEvent = {
    id: hashId("evt", messageId, "Consent Changed", at),
    type: "track",
    name: "Consent Changed",
    customerId,
    properties: { ...said, source: consent.source },
    at,
    receivedAt: at,
    source: "rapport",
    imported: false,
    depth: 1,
  };
  return { consent, event };
};

/** As functions/send/api does it. */
const order = async (
  deps: Dependencies,
  { number, userId, treatment, hasKey }: Extract<Deed, { kind: "ask" }>,
): Promise<void> => {
  const playbook = await deps.playbooks.current();
  const { decisionId, earlier } = await findEarlierOrder(deps, "application", hasKey ? `deed ${number}` : "");
  if (earlier !== null) {
    await repeatOrder(deps, earlier, "");
    return;
  }
  const category = treatment === "welcome" ? "marketing" : "transactional";
  const ordered = orderedIn({ category, treatment }, undefined, playbook);
  if (ordered === null) throw new Error(`the shop has no ${treatment}`);
  const recipient = await findRecipient(deps, `userId:${userId}`, playbook);
  await orderMessage(deps, { ...ordered, ...recipient, playbook, decisionId, requestHash: "", data: {} });
};

/** What a client insists on. */
type Calls = {
  readonly key: string;
  readonly call: (invocation: Invocation) => Promise<void>;
  /** The events that an answer promises to keep. */
  readonly events: readonly CollectedEvent[];
  /** As often as it asks at most; by default until it is tired of it. */
  readonly most?: number;
};

/** The last message of those to the user that left. */
const lastTo = (
  { tables }: Ground,
  userId: string,
  isMeant: (message: Message) => boolean,
): Message | undefined => {
  const customerId = tables.shared.pointers.get(`userId:${userId}`);
  return [...tables.shared.messages.values()].findLast(
    (one) => one.customerId === customerId && one.providerMessageId !== undefined && isMeant(one),
  );
};

/** By the link of the last mail that is not about an order. */
const leaving = (ground: Ground, hub: Hub, number: number, userId: string): readonly Calls[] => {
  const message = lastTo(ground, userId, ({ lane }) => lane === "bulk");
  if (message === undefined) return [];
  const { consent, event } = unsubscribing(message, new Date(ground.timeline.clock.now()).toISOString());
  const call = async (invocation: Invocation): Promise<void> => {
    const { customers, inbox, suppressions } = hub.dependenciesOf("links", invocation);
    const { topic, status, at } = consent;
    const address = ground.mailboxes.get(message.messageId);
    if (address !== undefined) await suppressions.say(message.channel, address, { topic, status, at });
    await customers.putConsent(message.customerId, [consent]);
    await inbox.send([event]);
  };
  return [{ key: `unsubscribe:${number}`, events: [event], call }];
};

/** By the page that the link of the last message leads to which asked; the answer promises what it made of it. */
const confirming = (ground: Ground, hub: Hub, number: number, userId: string): readonly Calls[] => {
  const message = lastTo(ground, userId, ({ confirms }) => confirms !== undefined);
  if (message === undefined) return [];
  const { messageId, customerId, channel, confirms: topics = [], to: address = "" } = message;
  const token = { kind: "confirm", customerId, messageId, channel, address, topics } as const;
  const events: CollectedEvent[] = [];
  const call = async (invocation: Invocation): Promise<void> => {
    const deps = hub.dependenciesOf("links", invocation);
    const send = async (sent: readonly CollectedEvent[]): Promise<void> => {
      await deps.inbox.send(sent);
      events.push(...sent);
    };
    const { document } = await deps.playbooks.current();
    await confirmConsent({ ...deps, inbox: { send } }, token, document);
  };
  return [{ key: `confirm:${number}`, events, call }];
};

/** People and applications: they call the hub until it answers, and then rely on it. */
export const createClients = (ground: Ground, hub: Hub) => {
  const { timeline, processes, tables, watchers } = ground;
  const insist = (calls: Calls, tries = 1): void => {
    let isAnswered = false;
    const run = async (invocation: Invocation): Promise<void> => {
      isAnswered = await calls.call(invocation).then(
        () => true,
        () => false,
      );
    };
    const again = (): void => {
      if (tries < (calls.most ?? TRIES))
        timeline.after(FIRST_WAIT_MS * 2 ** tries, () => insist(calls, tries + 1));
    };
    void processes.begin(`${calls.key}#${tries}`, run).then((outcome) => {
      if (isAnswered) watchers.accepted(calls.events);
      else if (outcome === "done") again();
      else timeline.after(PATIENCE_MS, again);
    });
  };

  const insistAll = (each: readonly Calls[]): void => {
    for (const calls of each) insist(calls);
  };

  const collect = (number: number, events: readonly CollectedEvent[]): void =>
    insist({
      key: `collect:${number}`,
      events,
      call: (invocation) => hub.dependenciesOf("collect", invocation).inbox.send(events),
    });

  const ask = (deed: Extract<Deed, { kind: "ask" }>): void => {
    // Whoever is not known yet gets nothing by name.
    if (!tables.shared.pointers.has(`userId:${deed.userId}`)) return;
    insist({
      key: `ask:${deed.number}`,
      events: [],
      call: (invocation) => order(hub.dependenciesOf("messages", invocation), deed),
      ...(deed.hasKey ? {} : { most: 1 }),
    });
  };

  const sendToAll = (deed: Extract<Deed, { kind: "send" }>): void =>
    insist({
      key: `send:${deed.number}`,
      events: [],
      call: (invocation) => {
        watchers.begun(sendIdOf(deed));
        return beginSend(hub.dependenciesOf("audience", invocation), deed);
      },
    });

  return {
    do: (deed: Deed): void => {
      if (deed.kind === "publish") hub.publishing.publishNext();
      else if (deed.kind === "send") sendToAll(deed);
      else if (deed.kind === "ask") ask(deed);
      else if (deed.kind === "unsubscribe") insistAll(leaving(ground, hub, deed.number, deed.userId));
      else if (deed.kind === "confirm") insistAll(confirming(ground, hub, deed.number, deed.userId));
      else collect(deed.number, deed.events);
    },
  };
};
