import type { Deed } from "#domain/conversation/act.ts";
import { shownRow } from "#domain/conversation/shown.ts";
import { SnoozeOver } from "#events/snooze-over.ts";
import { wrongField } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import type { Ids } from "#ports/clock.ts";
import type { Timers } from "#ports/timers.ts";
import type { Caller } from "#runtime/http/caller.ts";
import type { Handlers } from "#runtime/http/operation.ts";
import { changeConversation } from "#usecases/converse/change.ts";
import type { ChangeDependencies } from "#usecases/converse/dependencies.ts";
import { movedSince } from "#usecases/converse/refused.ts";
import { agentOf } from "./agent.ts";
import { changedBetween } from "./audited.ts";
import type { operations } from "./operations.ts";

export type DeedDependencies = ChangeDependencies & {
  readonly ids: Ids;
  readonly timers: Pick<Timers, "set">;
};

type Calls = Pick<
  Handlers<typeof operations>,
  | "claimConversation"
  | "releaseConversation"
  | "assignConversation"
  | "addNote"
  | "closeConversation"
  | "snoozeConversation"
  | "reopenConversation"
  | "tagConversation"
>;

type Asked = {
  readonly params: { readonly id: string };
  readonly headers: { readonly "x-rapport-agent"?: string };
  readonly caller: Caller;
};

const perform = async (deps: DeedDependencies, { params, headers, caller }: Asked, deed: Deed) => {
  const by = agentOf(caller, headers["x-rapport-agent"]);
  const changed = await changeConversation(deps, params.id, { kind: "act", by, deed });
  if (changed.result === "refused") throw await movedSince(deps, changed);
  const { head } = changed;
  return {
    status: 200,
    json: shownRow(head),
    ...(changed.result === "done" ? { changed: changedBetween(changed.before, head) } : {}),
  } as const;
};

/** When it is over, a timer tells whoever wakes it; set before it sleeps, so that it never sleeps for ever. */
const snooze = async (deps: DeedDependencies, call: Asked, given: string) => {
  const until = new Date(given).toISOString();
  if (Date.parse(until) <= deps.clock.now()) throw wrongField("until", "a time to come", "one that is over");
  const { id: conversationId } = call.params;
  const id = hashId("tmr", conversationId, "snooze", until);
  const detail = { v: SnoozeOver.version, conversationId };
  await deps.timers.set([{ id, due: until, event: { id, name: SnoozeOver.name, detail } }]);
  return perform(deps, call, { what: "snooze", until });
};

/** What people do with conversations. */
export const deedCalls = (deps: DeedDependencies): Calls => ({
  claimConversation: (call) =>
    perform(deps, call, {
      what: "claim",
      ...(call.body?.ifVersion === undefined ? {} : { ifVersion: call.body.ifVersion }),
    }),
  releaseConversation: (call) => perform(deps, call, { what: "release" }),
  assignConversation: (call) => perform(deps, call, { what: "assign", ...call.body }),
  addNote: (call) => perform(deps, call, { what: "note", text: call.body.text, key: deps.ids.id("note") }),
  closeConversation: (call) =>
    perform(deps, call, {
      what: "close",
      ...(call.body?.rating === undefined ? {} : { rating: call.body.rating }),
    }),
  snoozeConversation: (call) => snooze(deps, call, call.body.until),
  reopenConversation: (call) => perform(deps, call, { what: "reopen" }),
  tagConversation: (call) =>
    perform(deps, call, { what: "tag", add: call.body.add ?? [], remove: call.body.remove ?? [] }),
});
