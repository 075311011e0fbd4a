import { laterOf } from "#kernel/time.ts";
import type { ConversationHead } from "../records/conversation.ts";
import type { Joining, Thread } from "./thread.ts";

/** What a list shows of the last message, in characters. */
const SHOWN = 200;

/** Whole characters: half of one would be refused further on. */
const shown = (text: string): string =>
  text.length <= SHOWN ? text : text.slice(0, SHOWN).replace(/[\ud800-\udbff]$/, "");

const isTurn = ({ direction }: Joining): boolean => direction === "in" || direction === "out";

/** Messages get their places, one after the other. `now`: ISO-8601 UTC. */
export const append = (head: ConversationHead, joining: readonly Joining[], now: string): Thread => {
  const messages = joining.map((message, index) => ({ ...message, seq: head.lastSeq + index + 1 }));
  const turn = messages.findLast(isTurn);
  return {
    messages,
    head: {
      ...head,
      updatedAt: laterOf(head.updatedAt, now),
      lastSeq: head.lastSeq + messages.length,
      ...(turn === undefined
        ? {}
        : {
            lastTurn: turn.seq,
            channel: turn.channel,
            lastMessage: { text: shown(turn.text), at: turn.at, direction: turn.direction },
          }),
    },
  };
};
