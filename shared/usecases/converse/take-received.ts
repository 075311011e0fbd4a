import { converse } from "#domain/conversation/converse.ts";
import { dueTimers } from "#domain/conversation/due-timer.ts";
import { joiningOf } from "#domain/conversation/joining.ts";
import { joinThreads, latestOf } from "#domain/conversation/merge.ts";
import { take, wanted } from "#domain/conversation/numbering.ts";
import { PROVOKES_FOR_MS, provoking } from "#domain/conversation/provoking.ts";
import { goesOn } from "#domain/conversation/receive.ts";
import type { Joining, Setting, Thread } from "#domain/conversation/thread.ts";
import type { ConversationPolicy } from "#domain/playbook/model/conversations.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { ConversationHead, Stream } from "#domain/records/conversation.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Message } from "#domain/records/message.ts";
import type { MessageReceived } from "#events/message-received.ts";
import { RapportError } from "#kernel/errors.ts";
import { backoff, CONFLICT, type Pause, retryConflicts } from "#kernel/retry.ts";
import type { Clock } from "#ports/clock.ts";
import type { ConversationStore } from "#ports/conversation-store.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { Person, ReceivedMessages } from "#ports/received-messages.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import { namedBy } from "./named-messages.ts";
import { shownText } from "./shown-text.ts";

export type TakeDependencies = {
  readonly conversations: ConversationStore;
  readonly received: ReceivedMessages;
  readonly customers: Pick<CustomerStore, "load">;
  /** A version of the playbook: what a message said is the version's that decided it. Throws when there is none. */
  readonly playbook: (version: string) => Promise<PlaybookDocument>;
  /** How the company answers now. */
  readonly policy: () => Promise<ConversationPolicy>;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly telemetry: Telemetry;
};

/** The conversation that a message joined. `thread`: as it was written with it, and what joined then; absent: it had joined before. */
export type Joined = { readonly conversationId: string; readonly thread?: Thread };

/** Of a customer who wrote more than this, the rest is taken by further writes: one holds a hundred items. */
const MOST_AT_ONCE = 40;
const MAX_TRIES = 12;
/** Of a thread, where what we sent may have joined already. */
const MOST_LOOKED_BACK = 100;
const PAUSE_MS = { first: 5, most: 400 };

const iso = (time: number): string => new Date(time).toISOString();
const newStream = (customerId: CustomerId): Stream => ({ customerId, version: 0, taken: 0, missing: [] });

/** What a customer's conversations are before what was received joins. */
type Standing = {
  readonly person: Person;
  /** Of everybody whom they ever were. The first is that of whom was told. */
  readonly streams: readonly Stream[];
  readonly heads: readonly ConversationHead[];
};

const standingOf = async (
  { conversations }: TakeDependencies,
  own: Stream,
  { person, head }: { readonly person: Person; readonly head: ConversationHead | null },
): Promise<Standing> => {
  const others = [...new Set([person.customerId, ...person.absorbed])].filter((id) => id !== own.customerId);
  const known = others.length === 0 ? [] : await conversations.streams(others);
  const streams = [own, ...known];
  const ids = [...new Set(streams.flatMap(({ current }) => current ?? []))];
  const heads = await Promise.all(
    ids.map((id) => (id === head?.conversationId ? head : conversations.get(id))),
  );
  return { person, streams, heads: heads.filter((head) => head !== null) };
};

/** Messages of ours as they stand in a thread. The customer is read only where there are any. */
const shownSent = async (
  { customers, playbook }: TakeDependencies,
  customerId: CustomerId,
  sent: readonly Message[],
): Promise<readonly Joining[]> => {
  if (sent.length === 0) return [];
  const record = await customers.load(customerId);
  return Promise.all(
    sent.map(
      async (message): Promise<Joining> => ({
        messageId: message.messageId,
        direction: "out",
        channel: message.channel,
        author: { type: message.action === undefined ? "system" : "journey" },
        text: shownText(message, record, await playbook(message.playbook)),
        attachments: [],
        at: message.createdAt,
        decisionId: message.decisionId,
      }),
    ),
  );
};

/** The threads to write: what joined the conversation that goes on, and those that led to it. */
const threadsAfter = (joined: readonly Thread[], { head, messages }: Thread): readonly Thread[] => {
  const [first, ...ended] = joined;
  const isSame = first?.head.conversationId === head.conversationId;
  const current = { head, messages: [...(isSame ? first.messages : []), ...messages] };
  return [current, ...(isSame || first === undefined ? ended : joined)].map((thread) => ({
    ...thread,
    head: { ...thread.head, version: thread.head.version + 1 },
  }));
};

/** The stream of whom was told, and that of the person they are by now: both lead to the conversation. */
const streamsAfter = (
  { person, streams }: Standing,
  own: Stream,
  current: string | undefined,
): readonly Stream[] => {
  const leading = current === undefined ? {} : { current };
  const written = { ...own, ...leading, version: own.version + 1 };
  if (own.customerId === person.customerId) return [written];
  const survivor =
    streams.find(({ customerId }) => customerId === person.customerId) ?? newStream(person.customerId);
  return [written, { ...survivor, ...leading, version: survivor.version + 1 }];
};

/** Puts messages into the customer's conversation, with what they answer, in one write. */
const join = async (
  deps: TakeDependencies,
  own: Stream,
  standing: Standing,
  messages: readonly Joining[],
): Promise<{ readonly result: "saved" | "conflict" | "exists"; readonly thread?: Thread }> => {
  const { clock, conversations, received } = deps;
  const { customerId } = standing.person;
  const [first] = messages;
  if (first === undefined)
    return {
      result: await conversations.save({ threads: [], streams: streamsAfter(standing, own, own.current) }),
    };
  const setting: Setting = { policy: await deps.policy(), now: clock.now() };
  const joined = joinThreads(standing.heads, iso(setting.now));
  const head = joined[0]?.head ?? latestOf(standing.heads);
  const same = head !== null && goesOn(head, setting) ? head : null;
  const sent = await received.sentTo(customerId, {
    from: same === null ? iso(Date.parse(first.at) - PROVOKES_FOR_MS) : (same.heardAt ?? same.openedAt),
    until: iso(setting.now),
  });
  const named = await namedBy(deps, standing.person, sent, messages);
  const provoked = await shownSent(deps, customerId, provoking(same, [...sent, ...named.own], first));
  const linked = same?.linked ?? named.linked;
  const save = async (before: readonly Joining[]): ReturnType<typeof join> => {
    const input = {
      kind: "received",
      customerId,
      messages,
      provoking: before,
      ...(linked === undefined ? {} : { linked }),
    } as const;
    const outcome = converse(head, input, setting);
    if (!outcome.done) throw new Error("what was received is never refused");
    const threads = threadsAfter(joined, outcome);
    const result = await conversations.save({
      threads,
      streams: streamsAfter(standing, own, outcome.head.conversationId),
      timers: dueTimers(head, outcome.head),
    });
    return { result, ...(threads[0] === undefined ? {} : { thread: threads[0] }) };
  };
  const saved = await save(provoked);
  if (saved.result !== "exists" || head === null) return saved;
  // What we sent while the last message was on its way has joined with that one.
  const there = await conversations.messages(head.conversationId, { limit: MOST_LOOKED_BACK });
  const known = new Set(there.map(({ messageId }) => messageId));
  return save(provoked.filter(({ messageId }) => !known.has(messageId)));
};

type Some = { readonly next: "done" | "more" | "again"; readonly joined?: Joined };

/** Takes what was told of, with all of the customer's before it that are in history, and says whether there is more to take. */
const takeSome = async (deps: TakeDependencies, hint: MessageReceived): Promise<Some> => {
  const { received, telemetry } = deps;
  const { customerId, messageId, number } = hint;
  const told = await received.read(hint);
  if (told.person === null) {
    telemetry.log.warn("a message of somebody who is gone", { messageId });
    return { next: "done" };
  }
  // It is written before it is told of. Should it ever be late, whoever told comes again, and nothing is lost.
  if (told.message === null) throw new RapportError("unavailable", "the message is not in history yet");
  const stream = told.stream ?? newStream(customerId);
  const numbers = wanted(stream, number);
  const some = numbers.slice(0, MOST_AT_ONCE);
  if (some.length === 0)
    return {
      next: "done",
      ...(stream.current === undefined ? {} : { joined: { conversationId: stream.current } }),
    };
  const earlier = some.filter((one) => one !== number);
  const found = earlier.length === 0 ? [] : await received.numbered(customerId, earlier);
  const last = { number, message: told.message };
  // Where none of the first is in history yet, what was told of is taken all the same, and waits for nobody.
  const isLast = some.includes(number) || found.length === 0;
  const { stream: own, fresh } = take(stream, isLast ? [...found, last] : found);
  const standing = await standingOf(deps, stream, { person: told.person, head: told.head });
  const messages = fresh.flatMap(({ message }) => joiningOf(message) ?? []);
  const { result, thread } = await join(deps, own, standing, messages);
  if (result !== "saved") return { next: "again" };
  const { conversationId } = thread?.head ?? { conversationId: own.current };
  const joined =
    conversationId === undefined ? {} : { joined: { conversationId, ...(thread && { thread }) } };
  return { next: isLast ? "done" : "more", ...joined };
};

/**
 * Puts what a customer wrote into their conversation: the message that was told of, and all before it that are not there yet,
 * in the order of their numbers. Each joins once, however often it is told of, whoever dies in between, and whatever order the
 * bus tells in. Three requests for one message, where nobody was merged and
 * the profile knows of the conversation.
 * @returns where it stands now; null where nobody is there any more
 */
export const takeReceived = async (deps: TakeDependencies, hint: MessageReceived): Promise<Joined | null> => {
  for (;;) {
    const result = await retryConflicts(
      {
        tries: MAX_TRIES,
        message: "the conversation changed at the same time, too often",
        between: (tries) => deps.pause(backoff(tries, PAUSE_MS.first, PAUSE_MS.most)),
      },
      async () => {
        const some = await takeSome(deps, hint);
        return some.next === "again" ? CONFLICT : some;
      },
    );
    if (result.next === "done") return result.joined ?? null;
  }
};
