import type { ChatApi, Message } from "./chat-api.ts";
import { looking } from "./looking.ts";

/** Something that was written here and that the hub may not have yet. */
export type Unsent = { readonly clientId: string; readonly text: string; readonly isRefused?: true };

/** Keeps what is not sent for this tab alone, until it is: a page that is loaded anew in the middle of it goes on. */
export type Outbox = {
  readonly load: () => readonly Unsent[];
  readonly save: (unsent: readonly Unsent[]) => void;
};

export type ChatLog = {
  readonly messages: () => readonly Message[];
  readonly unsent: () => readonly Unsent[];
  readonly write: (text: string) => void;
  /** Somebody looks at the chat, or came back to its page: looks at once, and goes on sending. */
  readonly watch: (isLookedAt: boolean) => void;
  readonly stop: () => void;
};

const FULL_PAGE = 100;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends what waits, one after the other, until the hub has each or will never take it. */
const sending = (
  api: ChatApi,
  {
    next,
    refused,
    taken,
  }: {
    readonly next: () => Unsent | undefined;
    readonly refused: (message: Unsent) => void;
    readonly taken: (message: Unsent) => void;
  },
): (() => Promise<void>) => {
  let isSending = false;
  return async () => {
    if (isSending) return;
    isSending = true;
    for (let message = next(); message !== undefined; message = next()) {
      const { text, clientId } = message;
      const told = await api.tell({ text, clientId });
      if (told.result === "sent") taken(message);
      else if (told.result === "never") refused(message);
      else await pause(told.waitMs);
    }
    isSending = false;
  };
};

/**
 * What stands in the chat, and what is still to be sent. The hub's places say what is missing: whatever gets lost on the way, or
 * however long the page slept, the next look asks for all that came after the last place. A message is sent until the hub has it,
 * by one id, so that it stands there once.
 */
export const chatLog = (api: ChatApi, outbox: Outbox, changed: () => void): ChatLog => {
  const messages = new Map<number, Message>();
  const taken = new Set<string>();
  let unsent = outbox.load();
  /** The last place that is here; null until the first look. */
  let last: number | null = null;
  let isStopped = false;

  const keep = (left: readonly Unsent[]): void => {
    unsent = left;
    outbox.save(unsent);
    changed();
  };
  const take = (items: readonly Message[]): void => {
    const there = new Set(items.flatMap(({ clientId }) => clientId ?? []));
    for (const item of items) messages.set(item.seq, item);
    last = Math.max(last ?? 0, ...items.map(({ seq }) => seq));
    if (items.length > 0) keep(unsent.filter(({ clientId }) => !there.has(clientId)));
  };
  const looks = looking(async () => {
    for (;;) {
      const after = last;
      const items = await api.read(after);
      if (items === null) return;
      take(items);
      if (items.length > 0) looks.soon();
      if (after === null || items.length < FULL_PAGE) return;
    }
  });
  const send = sending(api, {
    next: () => {
      if (isStopped) return undefined;
      return unsent.find(({ clientId, isRefused }) => isRefused !== true && !taken.has(clientId));
    },
    refused: ({ clientId }) =>
      keep(unsent.map((one) => (one.clientId === clientId ? { ...one, isRefused: true } : one))),
    // It stands in the chat from now on: the next look finds it there.
    taken: ({ clientId }) => {
      taken.add(clientId);
      looks.now();
    },
  });

  return {
    messages: () => [...messages.values()].sort((one, other) => one.seq - other.seq),
    unsent: () => unsent,
    write: (text) => {
      keep([...unsent, { text, clientId: crypto.randomUUID() }]);
      looks.soon();
      void send();
    },
    watch: (isLookedAt) => {
      looks.watch(isLookedAt);
      void send();
    },
    stop: () => {
      isStopped = true;
      looks.stop();
    },
  };
};
