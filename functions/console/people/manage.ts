import { RapportError, wrongField } from "#kernel/errors.ts";
import { allows, SCOPES } from "#ports/key-store.ts";
import type { Colleague as Known, PeopleRegister } from "#ports/people-directory.ts";
import type { Caller } from "#runtime/http/caller.ts";
import type { Answer, Call } from "#runtime/http/operation.ts";
import { ROLES, type Role } from "#runtime/http/roles.ts";
import type { Colleague, operations } from "./operations.ts";

type Calls = typeof operations;

/** A colleague as the API shows them. */
export const shown = (person: Known, roles: readonly Role[]): Colleague => {
  const { id, name, address, isEnabled, isInvited } = person;
  return {
    personId: id,
    name: name ?? id,
    ...(address === undefined ? {} : { email: address }),
    roles: [...roles],
    enabled: isEnabled,
    ...(isInvited ? { invited: true } : {}),
  };
};

const rolesIn = (names: readonly string[]): Role[] => ROLES.filter((role) => names.includes(role));

/** An admin may everything: a key that may less would make itself more by inviting one. */
const checkCaller = (caller: Caller): void => {
  if (caller.kind === "person" || SCOPES.every((scope) => allows(caller.scopes, scope))) return;
  throw new RapportError("scope_missing", "people are managed with a key that has every scope");
};

/** Nobody shuts themselves out: so there is always somebody left who manages people. */
const checkSelf = (caller: Caller, id: string, change: Call<Calls["changePerson"]>["body"]): void => {
  if (caller.kind !== "person" || caller.id !== id) return;
  if (change.enabled === false) throw wrongField("enabled", "true: nobody disables themselves", "false");
  if (change.roles !== undefined && !change.roles.includes("admin"))
    throw wrongField("roles", "admin among them: nobody takes it from themselves", "others");
};

const found = async (people: PeopleRegister, id: string) => {
  const one = await people.find(id);
  if (one === null) throw new RapportError("not_found", "there is nobody of that id");
  return { person: one.person, roles: rolesIn(one.groups) };
};

/** Where it breaks off, the colleague is there without some roles: the list shows it, and they can be given. */
export const invite = async (
  people: PeopleRegister,
  { body, caller }: Call<Calls["invitePerson"]>,
): Promise<Answer<Calls["invitePerson"]>> => {
  checkCaller(caller);
  const roles = rolesIn(body.roles);
  const person = await people.invite({ address: body.email, name: body.name });
  if (person === null) throw new RapportError("person_known", "somebody logs in with that address already");
  for (const role of roles) await people.join(person.id, role);
  return { status: 201, json: shown(person, roles), changed: { target: person.id, after: { roles } } };
};

export const inviteAgain = async (
  people: PeopleRegister,
  { params, caller }: Call<Calls["invitePersonAgain"]>,
): Promise<Answer<Calls["invitePersonAgain"]>> => {
  checkCaller(caller);
  const { person, roles } = await found(people, params.id);
  if (!person.isInvited || person.address === undefined)
    throw new RapportError("person_known", "they have logged in already");
  await people.inviteAgain(person.address);
  return { status: 200, json: shown(person, roles) };
};

export const changePerson = async (
  people: PeopleRegister,
  { params, body, caller }: Call<Calls["changePerson"]>,
): Promise<Answer<Calls["changePerson"]>> => {
  checkCaller(caller);
  checkSelf(caller, params.id, body);
  const { person, roles: had } = await found(people, params.id);
  const roles = body.roles === undefined ? had : rolesIn(body.roles);
  const isEnabled = body.enabled ?? person.isEnabled;
  // What takes away comes first: where it breaks off, nobody has more than was meant.
  if (!isEnabled && person.isEnabled) await people.enable(params.id, false);
  for (const role of had) if (!roles.includes(role)) await people.leave(params.id, role);
  for (const role of roles) if (!had.includes(role)) await people.join(params.id, role);
  if (isEnabled && !person.isEnabled) await people.enable(params.id, true);
  return {
    status: 200,
    json: shown({ ...person, isEnabled }, roles),
    changed: {
      before: { roles: had, enabled: person.isEnabled },
      after: { roles, enabled: isEnabled },
    },
  };
};
