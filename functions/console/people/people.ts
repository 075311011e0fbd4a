import { wrongField } from "#kernel/errors.ts";
import type { AlarmBoard } from "#ports/alarm-board.ts";
import type { AuditLog } from "#ports/audit-log.ts";
import type { Colleague as Known, PeopleDirectory, PeopleRegister } from "#ports/people-directory.ts";
import type { Caller } from "#runtime/http/caller.ts";
import type { Handlers } from "#runtime/http/operation.ts";
import { pageOf } from "#runtime/http/paging.ts";
import { ROLES, type Role } from "#runtime/http/roles.ts";
import { changePerson, invite, inviteAgain, shown } from "./manage.ts";
import type { Colleague, operations } from "./operations.ts";

export type PeopleDependencies = {
  readonly audit: Pick<AuditLog, "list">;
  readonly people: PeopleRegister;
  readonly alarms: AlarmBoard;
};

/** Who sees which address a colleague logs in with. */
const ANSWER_FOR_PEOPLE: readonly Role[] = ["admin", "privacy"];
const seesColleagues = (caller: Caller): boolean =>
  caller.kind !== "person" || caller.roles.some((role) => ANSWER_FOR_PEOPLE.includes(role));

/** Everybody who may log in, once, with all of their roles. */
const colleaguesIn = async (directory: PeopleDirectory): Promise<readonly Colleague[]> => {
  const [everybody, byRole] = await Promise.all([
    directory.everybody(),
    Promise.all(ROLES.map(async (role) => ({ role, members: await directory.inGroup(role) }))),
  ]);
  const rolesOf = ({ id }: Known): Role[] =>
    byRole.filter(({ members }) => members.some((one) => one.id === id)).map(({ role }) => role);
  return everybody.map((person) => shown(person, rolesOf(person)));
};

/** As entries have their times. */
const utc = (time: string): string => new Date(time).toISOString();

/** What answers the calls of operations.ts. */
export const peopleCalls = (deps: PeopleDependencies): Handlers<typeof operations> => ({
  listPeople: async ({ query, caller }) => {
    const people = await colleaguesIn(deps.people);
    const { items, cursor } = pageOf(people, ({ personId }) => personId, query);
    const told = seesColleagues(caller) ? items : items.map(({ email: _, ...rest }) => rest);
    return { status: 200, json: { items: told, cursor } };
  },
  invitePerson: (call) => invite(deps.people, call),
  invitePersonAgain: (call) => inviteAgain(deps.people, call),
  changePerson: (call) => changePerson(deps.people, call),
  listAlarms: async ({ query }) => {
    const alarms = await deps.alarms.list();
    const rank = ({ state }: { readonly state: string }): number => (state === "ALARM" ? 1 : 0);
    const json = pageOf(alarms, (alarm) => `${rank(alarm)}${alarm.since}#${alarm.name}`, query);
    return { status: 200, json };
  },
  listAudit: async ({ query: { from, to, ...query } }) => {
    const times = {
      ...(from === undefined ? {} : { from: utc(from) }),
      ...(to === undefined ? {} : { to: utc(to) }),
    };
    if (times.from !== undefined && times.to !== undefined && times.from >= times.to)
      throw wrongField("from", "a time before `to`", "a later one");
    return { status: 200, json: await deps.audit.list({ ...query, ...times }) };
  },
});
