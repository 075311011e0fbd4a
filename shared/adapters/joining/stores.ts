import { identifierKey } from "#domain/identity/identifiers.ts";
import type { HistoryItem } from "#domain/records/effects.ts";
import type { Identifier } from "#domain/records/identity.ts";
import type { CustomerStore, Resolution } from "#ports/customer-store.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import type { Timers } from "#ports/timers.ts";
import { joinCalls } from "./calls.ts";

/** What a request of the services takes (API references of BatchGetItem, BatchWriteItem and PutEvents). */
const KEYS = 100;
const ITEMS = 25;
const ENTRIES = 10;
/** A timer is written as two items: itself and its minute. */
const ITEMS_A_TIMER = 2;
/** Writes of groups that were read together end within some milliseconds; nobody waits for history. */
const HISTORY_WAIT_MS = 4;

type Question = { readonly identifiers: readonly Identifier[]; readonly eventIds: readonly string[] };

/** Only what was asked for: a group must not see the links of another. */
const partOf = ({ links, seenEvents }: Resolution, { identifiers, eventIds }: Question): Resolution => ({
  links: new Map(
    identifiers.flatMap((identifier) => {
      const key = identifierKey(identifier);
      const customer = links.get(key);
      return customer === undefined ? [] : [[key, customer] as const];
    }),
  ),
  seenEvents: new Set(eventIds.filter((id) => seenEvents.has(id))),
});

/** Groups that are applied side by side ask together whom their events are about and which are known. */
export const joinedCustomers = (customers: CustomerStore): CustomerStore => {
  const resolve = joinCalls<Question, Resolution>({
    sizeOf: ({ identifiers, eventIds }) => identifiers.length + eventIds.length,
    capacity: KEYS,
    call: async (questions) => {
      const answer = await customers.resolve(
        questions.flatMap(({ identifiers }) => identifiers),
        questions.flatMap(({ eventIds }) => eventIds),
      );
      return questions.map((question) => partOf(answer, question));
    },
  });
  return { ...customers, resolve: (identifiers, eventIds) => resolve({ identifiers, eventIds }) };
};

/** One call for lists that are written whole, each asked for by somebody else. */
const joinLists = <T>(options: {
  readonly write: (all: readonly T[]) => Promise<void>;
  readonly capacity: number;
  readonly waitMs?: number;
}): ((list: readonly T[]) => Promise<void>) =>
  joinCalls<readonly T[], void>({
    ...options,
    sizeOf: (list) => list.length,
    call: async (lists) => {
      await options.write(lists.flat());
      return lists.map(() => undefined);
    },
  });

/** A request must not name a key twice; facts of one id are the same fact. */
const distinct = (facts: readonly HistoryItem[]): readonly HistoryItem[] => [
  ...new Map(facts.map((fact) => [fact.id, fact])).values(),
];

/** Facts of groups that end together go in one request. */
export const joinedHistory = (history: HistoryStore): HistoryStore => {
  const put = joinLists<HistoryItem>({
    write: (facts) => history.put(distinct(facts)),
    capacity: ITEMS,
    waitMs: HISTORY_WAIT_MS,
  });
  return { ...history, put: async (facts) => (facts.length === 0 ? undefined : put(facts)) };
};

export const joinedBus = (bus: EventBus): EventBus => ({
  publish: joinLists({ write: bus.publish, capacity: ENTRIES }),
});

export const joinedTimers = (timers: Timers): Timers => ({
  set: joinLists({ write: timers.set, capacity: ITEMS / ITEMS_A_TIMER }),
  cancel: joinLists({ write: timers.cancel, capacity: ITEMS }),
});
