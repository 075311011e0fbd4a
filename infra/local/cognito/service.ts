import { randomUUID } from "node:crypto";
import type { JsonObject } from "#kernel/json.ts";
import { ROLES, type Role } from "#runtime/http/roles.ts";
import { objectsAt, parseObject, textAt } from "../aws/json.ts";
import { AwsError, jsonResponse, type Service } from "../aws/protocol.ts";
import type { LocalPerson, PeopleBook } from "./people.ts";

type Deed = (people: PeopleBook, input: JsonObject) => object;

const userOf = ({ id, name, email, isEnabled, isInvited }: LocalPerson) => ({
  Username: id,
  Enabled: isEnabled,
  UserStatus: isInvited ? "FORCE_CHANGE_PASSWORD" : "CONFIRMED",
  Attributes: [
    { Name: "sub", Value: id },
    { Name: "name", Value: name },
    { Name: "email", Value: email },
  ],
});

/** A user is named by their id or by the address that they log in with. */
const named = (people: PeopleBook, input: JsonObject): LocalPerson | undefined => {
  const name = textAt(input, "Username")?.toLowerCase();
  return people.all().find(({ id, email }) => id === name || email.toLowerCase() === name);
};

const whom = (people: PeopleBook, input: JsonObject): LocalPerson => {
  const person = named(people, input);
  if (person === undefined) throw new AwsError("UserNotFoundException", "User does not exist.");
  return person;
};

const groupOf = (input: JsonObject): Role => {
  const role = ROLES.find((one) => one === textAt(input, "GroupName"));
  if (role === undefined) throw new AwsError("ResourceNotFoundException", "Group not found.");
  return role;
};

const changing =
  (change: (person: LocalPerson, input: JsonObject) => Partial<LocalPerson>): Deed =>
  (people, input) => {
    const person = whom(people, input);
    people.put({ ...person, ...change(person, input) });
    return {};
  };

const createUser: Deed = (people, input) => {
  const known = named(people, input);
  const isAgain = textAt(input, "MessageAction") === "RESEND";
  if (known !== undefined && isAgain) return { User: userOf(known) };
  if (known !== undefined)
    throw new AwsError("UsernameExistsException", "An account with the given email already exists.");
  if (isAgain) throw new AwsError("UserNotFoundException", "User does not exist.");
  const told = new Map(
    objectsAt(input, "UserAttributes").map((one) => [textAt(one, "Name"), textAt(one, "Value")]),
  );
  const email = textAt(input, "Username") ?? "";
  const person: LocalPerson = {
    id: randomUUID(),
    name: told.get("name") ?? email,
    email,
    roles: [],
    isEnabled: true,
    isInvited: true,
    about: "was invited",
  };
  people.put(person);
  return { User: userOf(person) };
};

const DEEDS: Readonly<Record<string, Deed>> = {
  ListUsersInGroup: (people, input) => {
    const group = textAt(input, "GroupName");
    return {
      Users: people
        .all()
        .filter(({ roles }) => roles.some((role) => role === group))
        .map(userOf),
    };
  },
  ListUsers: (people, input) => {
    const [, sub] = /^sub = "([^"]*)"$/.exec(textAt(input, "Filter") ?? "") ?? [];
    return {
      Users: people
        .all()
        .filter(({ id }) => sub === undefined || id === sub)
        .map(userOf),
    };
  },
  AdminListGroupsForUser: (people, input) => ({
    Groups: whom(people, input).roles.map((GroupName) => ({ GroupName })),
  }),
  AdminCreateUser: createUser,
  AdminAddUserToGroup: changing(({ roles }, input) => ({ roles: [...new Set([...roles, groupOf(input)])] })),
  AdminRemoveUserFromGroup: changing(({ roles }, input) => {
    const group = groupOf(input);
    return { roles: roles.filter((role) => role !== group) };
  }),
  AdminEnableUser: changing(() => ({ isEnabled: true })),
  AdminDisableUser: changing(() => ({ isEnabled: false })),
};

const isReading = (operation: string): boolean => operation.startsWith("List");

/** Cognito's user pool over the sample people. @param people null where customers are served: nobody logs in there */
export function createUserPoolService(people: PeopleBook | null): Service {
  return (operation, request) => {
    const deed = Object.hasOwn(DEEDS, operation) ? DEEDS[operation] : undefined;
    if (deed === undefined) return null;
    if (people === null && !isReading(operation))
      throw new AwsError("ResourceNotFoundException", "This hub has no user pool.");
    const answer = people === null ? { Users: [] } : deed(people, parseObject(request.body) ?? {});
    return jsonResponse(answer, "application/x-amz-json-1.1");
  };
}
