import { hashId } from "#kernel/hash.ts";
import type { ConversationPolicy } from "../playbook/model/conversations.ts";
import type { Activity, ConversationHead } from "../records/conversation.ts";
import { append } from "./append.ts";
import { givenTo, reopened } from "./receive.ts";
import type { Conversed, Joining, Refusal, Setting } from "./thread.ts";

/** What can be done with a conversation. */
export type Deed =
  | { readonly what: "claim"; readonly ifVersion?: number }
  | { readonly what: "release" }
  /** Null takes it away from whoever, or whichever team, has it; absent leaves it. */
  | { readonly what: "assign"; readonly assignee?: string | null; readonly team?: string | null }
  | { readonly what: "note"; readonly text: string; readonly key: string }
  /** `rating`: how the customer rates it, from 1 to 5. */
  | { readonly what: "close"; readonly rating?: number }
  /** `until`: ISO-8601 UTC. */
  | { readonly what: "snooze"; readonly until: string }
  /** It was due then, and may not be answered. */
  | { readonly what: "breach"; readonly dueAt: string }
  /** Its time to sleep is over. */
  | { readonly what: "wake" }
  | { readonly what: "reopen" }
  | { readonly what: "tag"; readonly add: readonly string[]; readonly remove: readonly string[] };

/** Something that is done, and who does it; `system` where no person does. */
export type Act = { readonly by: string; readonly deed: Deed };

/** Tags of a conversation: past this many, the newest are not taken. */
const MOST_TAGS = 50;

type Changed = {
  readonly head: ConversationHead;
  readonly activity?: Activity;
  readonly note?: { readonly text: string; readonly key: string };
};
type Acted = Changed | Refusal;

const claim = (head: ConversationHead, by: string, ifVersion: number | undefined): Acted => {
  if (head.assignee === by) return { head };
  if (head.assignee !== undefined) return { reason: "claimed", by: head.assignee };
  if (ifVersion !== undefined && ifVersion !== head.version) return { reason: "moved" };
  return {
    head: { ...head, handler: "person", assignee: by, unread: 0 },
    activity: { kind: "claimed" },
  };
};

const release = (head: ConversationHead, by: string): Acted => {
  if (head.assignee === undefined) return { head };
  if (head.assignee !== by) return { reason: "claimed", by: head.assignee };
  const { assignee: _gone, ...rest } = head;
  return { head: { ...rest, handler: "queue" }, activity: { kind: "released" } };
};

const assign = (
  head: ConversationHead,
  { assignee = head.assignee ?? null, team = head.team ?? null }: Extract<Deed, { what: "assign" }>,
  policy: ConversationPolicy,
): Acted => {
  if (assignee === (head.assignee ?? null) && team === (head.team ?? null)) return { head };
  const given = assignee ?? team;
  const { assignee: _had, ...rest } =
    team === (head.team ?? null) ? head : givenTo(head, team ?? undefined, policy);
  return {
    head: {
      ...rest,
      ...(assignee === null ? {} : { assignee }),
      handler: assignee === null ? "queue" : "person",
    },
    activity: { kind: "assigned", ...(given === null ? {} : { what: given }) },
  };
};

const close = (head: ConversationHead, rating: number | undefined, now: string): Acted => {
  const rated = rating === undefined || rating === head.rating ? head : { ...head, rating };
  if (head.state === "closed") return { head: rated };
  const { waitingSince: _since, dueAt: _due, snoozedUntil: _until, ...rest } = rated;
  return {
    head: {
      ...rest,
      state: "closed",
      closedAt: now,
      unread: 0,
    },
    activity: { kind: "closed" },
  };
};

const snooze = (head: ConversationHead, until: string, now: string): Acted => {
  if (until <= now || (head.state === "snoozed" && head.snoozedUntil === until)) return { head };
  const { closedAt: _closed, ...rest } = head;
  return {
    head: { ...rest, state: "snoozed", snoozedUntil: until },
    activity: { kind: "snoozed", what: until },
  };
};

/** Told once for each time that it was due. */
const breach = (head: ConversationHead, dueAt: string, now: string): Acted => {
  const isLate = head.waitingSince !== undefined && head.dueAt === dueAt && dueAt <= now;
  if (!isLate || head.breached === dueAt) return { head };
  return { head: { ...head, breached: dueAt }, activity: { kind: "breached", what: dueAt } };
};

const wake = (head: ConversationHead, now: string): Acted => {
  const { snoozedUntil = "", ...rest } = head;
  // It was put to sleep again since the timer was set, or somebody woke it.
  if (head.state !== "snoozed" || snoozedUntil > now) return { head };
  return { head: { ...rest, state: "open" }, activity: { kind: "woken" } };
};

const reopen = (head: ConversationHead, now: string): Acted => {
  if (head.state === "closed") return { head: reopened(head, now), activity: { kind: "reopened" } };
  if (head.state === "open") return { head };
  const { snoozedUntil: _until, ...rest } = head;
  return { head: { ...rest, state: "open" }, activity: { kind: "reopened" } };
};

const tag = (head: ConversationHead, { add, remove }: Extract<Deed, { what: "tag" }>): Acted => {
  const kept = head.tags.filter((one) => !remove.includes(one));
  const tags = [...new Set([...kept, ...add])].slice(0, MOST_TAGS);
  const isSame = tags.length === head.tags.length && tags.every((one, index) => one === head.tags[index]);
  return isSame ? { head } : { head: { ...head, tags } };
};

const acted = (head: ConversationHead, { by, deed }: Act, policy: ConversationPolicy, now: string): Acted => {
  switch (deed.what) {
    case "claim":
      return claim(head, by, deed.ifVersion);
    case "release":
      return release(head, by);
    case "assign":
      return assign(head, deed, policy);
    case "note":
      return { head, note: deed };
    case "close":
      return close(head, deed.rating, now);
    case "snooze":
      return snooze(head, deed.until, now);
    case "breach":
      return breach(head, deed.dueAt, now);
    case "wake":
      return wake(head, now);
    case "reopen":
      return reopen(head, now);
    case "tag":
      return tag(head, deed);
  }
};

/** What stands in the thread of what was done. */
const entryOf = (head: ConversationHead, { activity, note }: Changed, by: string, now: string): Joining[] => {
  if (activity === undefined && note === undefined) return [];
  const { conversationId, channel, version } = head;
  return [
    {
      messageId:
        note === undefined
          ? hashId("act", conversationId, String(version))
          : hashId("note", conversationId, note.key),
      direction: note === undefined ? "activity" : "note",
      channel,
      author: by === SYSTEM ? { type: "system" } : { type: "agent", name: by },
      text: note?.text ?? "",
      attachments: [],
      at: now,
      ...(activity === undefined ? {} : { activity }),
    },
  ];
};

/** Who acts where no person does. */
export const SYSTEM = "system";

/** A conversation after somebody did something with it; refused where somebody else has it. */
export const act = (head: ConversationHead, { by, deed }: Act, { now, policy }: Setting): Conversed => {
  const at = new Date(now).toISOString();
  const outcome = acted(head, { by, deed }, policy, at);
  if ("reason" in outcome) return { done: false, head, refusal: outcome };
  if (outcome.head === head && outcome.note === undefined) return { done: true, head, messages: [] };
  return { done: true, ...append(outcome.head, entryOf(head, outcome, by, at), at) };
};
