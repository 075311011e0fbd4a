import * as z from "zod/mini";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { Colleague, PeopleDirectory, PeopleRegister } from "#ports/people-directory.ts";
import type { JsonCall } from "./signed-json.ts";

/** Cognito's user pools. */
export const USER_POOLS = {
  name: "cognito-idp",
  target: "AWSCognitoIdentityProviderService",
  version: "1.1",
} as const;

const Attributes = z._default(z.array(z.object({ Name: z.string(), Value: z.optional(z.string()) })), []);
const User = z.object({
  Username: z.string(),
  Enabled: z._default(z.boolean(), true),
  UserStatus: z.optional(z.string()),
  Attributes,
});
type User = z.output<typeof User>;
const Listed = z.object({
  Users: z._default(z.array(User), []),
  NextToken: z.optional(z.string()),
  PaginationToken: z.optional(z.string()),
});
const Created = z.object({ User });
const Groups = z.object({ Groups: z._default(z.array(z.object({ GroupName: z.string() })), []) });

const PAGE = 60;
/** Where there are more the first are told: these are colleagues, not customers. */
const MOST_PAGES = 10;
/** Where a filter names an id, it is one of Cognito's and nothing that would be another filter. */
const SUB = /^[\da-f-]{36}$/;

const colleagueOf = ({ Username, Enabled, UserStatus, Attributes }: User): Colleague => {
  const told = new Map(Attributes.map(({ Name, Value }) => [Name, Value]));
  const name = told.get("name");
  const address = told.get("email");
  return {
    id: told.get("sub") ?? Username,
    isEnabled: Enabled,
    isInvited: UserStatus === "FORCE_CHANGE_PASSWORD",
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
  };
};

const errorName = (error: unknown): string => (error instanceof Error ? error.name : "");

/** What the pool refuses in the words of a call: that it has no such thing, or that the address is none. */
const refusedAs = (error: unknown): unknown => {
  const name = errorName(error);
  if (name === "ResourceNotFoundException")
    return new RapportError("not_found", "nobody logs in to this hub, or no group of that name is there");
  if (name === "UserNotFoundException") return new RapportError("not_found", "there is nobody of that id");
  if (name === "InvalidParameterException")
    return wrongField("email", "an address that mail can be sent to", "another", error);
  return error;
};

/** @param more what the operation needs beside the pool */
const listed = async (
  call: JsonCall,
  operation: "ListUsers" | "ListUsersInGroup",
  more: Readonly<Record<string, unknown>>,
): Promise<readonly User[]> => {
  const tokenName = operation === "ListUsers" ? "PaginationToken" : "NextToken";
  const found: User[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = z.parse(Listed, await call(operation, { ...more, Limit: PAGE, [tokenName]: token }));
    found.push(...answer.Users);
    token = answer[tokenName];
    if (token === undefined) break;
  }
  return found;
};

export const userPoolDirectory = (call: JsonCall, pool: string): PeopleDirectory => ({
  inGroup: async (group) =>
    (await listed(call, "ListUsersInGroup", { UserPoolId: pool, GroupName: group })).map(colleagueOf),
  everybody: async () => (await listed(call, "ListUsers", { UserPoolId: pool })).map(colleagueOf),
});

export const userPoolRegister = (ask: JsonCall, pool: string): PeopleRegister => {
  const call = async (operation: string, input: object): Promise<unknown> => {
    try {
      return await ask(operation, { UserPoolId: pool, ...input });
    } catch (error) {
      throw refusedAs(error);
    }
  };
  // People of a company's own directory have another user name than their id.
  const userOf = async (id: string): Promise<User | null> => {
    if (!SUB.test(id)) return null;
    const { Users } = z.parse(Listed, await call("ListUsers", { Filter: `sub = "${id}"`, Limit: 1 }));
    return Users[0] ?? null;
  };
  const withUser = async (id: string, operation: string, more: object = {}): Promise<void> => {
    const user = await userOf(id);
    if (user === null) throw new RapportError("not_found", "there is nobody of that id");
    await call(operation, { Username: user.Username, ...more });
  };
  return {
    ...userPoolDirectory(ask, pool),
    find: async (id) => {
      const user = await userOf(id);
      if (user === null) return null;
      const answer = await call("AdminListGroupsForUser", { Username: user.Username, Limit: PAGE });
      const groups = z.parse(Groups, answer).Groups.map(({ GroupName }) => GroupName);
      return { person: colleagueOf(user), groups };
    },
    invite: async ({ address, name }) => {
      const UserAttributes = [
        { Name: "email", Value: address },
        { Name: "email_verified", Value: "true" },
        { Name: "name", Value: name },
      ];
      const input = {
        UserPoolId: pool,
        Username: address,
        UserAttributes,
        DesiredDeliveryMediums: ["EMAIL"],
      };
      try {
        return colleagueOf(z.parse(Created, await ask("AdminCreateUser", input)).User);
      } catch (error) {
        if (errorName(error) === "UsernameExistsException") return null;
        throw refusedAs(error);
      }
    },
    inviteAgain: async (address) => {
      const input = { Username: address, MessageAction: "RESEND", DesiredDeliveryMediums: ["EMAIL"] };
      await call("AdminCreateUser", input);
    },
    join: (id, group) => withUser(id, "AdminAddUserToGroup", { GroupName: group }),
    leave: (id, group) => withUser(id, "AdminRemoveUserFromGroup", { GroupName: group }),
    enable: (id, isEnabled) => withUser(id, isEnabled ? "AdminEnableUser" : "AdminDisableUser"),
  };
};
