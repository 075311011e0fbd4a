import type { AlarmBoard } from "#ports/alarm-board.ts";
import type { AuditLog } from "#ports/audit-log.ts";
import type { PeopleDirectory } from "#ports/people-directory.ts";
import type { Caller } from "#runtime/http/caller.ts";
import type { Handlers } from "#runtime/http/operation.ts";
import { pageOf } from "#runtime/http/paging.ts";
import { ROLES, type Role } from "#runtime/http/roles.ts";
import type { Colleague, operations } from "./operations.ts";

export type PeopleDependencies = {
  readonly audit: Pick<AuditLog, "list">;
  readonly directory: PeopleDirectory;
  readonly alarms: AlarmBoard;
};

/** Who sees which address a colleague logs in with. */
const ANSWER_FOR_PEOPLE: readonly Role[] = ["admin", "privacy"];
const seesColleagues = (caller: Caller): boolean =>
  caller.kind !== "person" || caller.roles.some((role) => ANSWER_FOR_PEOPLE.includes(role));

/** Everybody who has a role, once, with all of theirs. */
const colleaguesIn = async (directory: PeopleDirectory): Promise<readonly Colleague[]> => {
  const byRole = await Promise.all(
    ROLES.map(async (role) => ({ role, members: await directory.inGroup(role) })),
  );
  const people = new Map<string, Colleague>();
  for (const { role, members } of byRole) {
    for (const { id, name, address, isEnabled } of members) {
      const roles = [...(people.get(id)?.roles ?? []), role];
      const email = address === undefined ? {} : { email: address };
      people.set(id, { personId: id, name: name ?? id, ...email, roles, enabled: isEnabled });
    }
  }
  return [...people.values()];
};

/** What answers the calls of operations.ts. */
export const peopleCalls = (deps: PeopleDependencies): Handlers<typeof operations> => ({
  listPeople: async ({ query, caller }) => {
    const people = await colleaguesIn(deps.directory);
    const { items, cursor } = pageOf(people, ({ personId }) => personId, query);
    const shown = seesColleagues(caller) ? items : items.map(({ email: _, ...rest }) => rest);
    return { status: 200, json: { items: shown, cursor } };
  },
  listAlarms: async ({ query }) => {
    const alarms = await deps.alarms.list();
    const rank = ({ state }: { readonly state: string }): number => (state === "ALARM" ? 1 : 0);
    const json = pageOf(alarms, (alarm) => `${rank(alarm)}${alarm.since}#${alarm.name}`, query);
    return { status: 200, json };
  },
  listAudit: async ({ query }) => ({ status: 200, json: await deps.audit.list(query) }),
});
