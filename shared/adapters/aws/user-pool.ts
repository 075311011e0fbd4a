import * as z from "zod/mini";
import type { Colleague, PeopleDirectory } from "#ports/people-directory.ts";
import type { JsonCall } from "./signed-json.ts";

/** Cognito's user pools: `ListUsersInGroup`. */
export const USER_POOLS = {
  name: "cognito-idp",
  target: "AWSCognitoIdentityProviderService",
  version: "1.1",
} as const;

const Listed = z.object({
  Users: z._default(
    z.array(
      z.object({
        Username: z.string(),
        Enabled: z._default(z.boolean(), true),
        Attributes: z._default(z.array(z.object({ Name: z.string(), Value: z.optional(z.string()) })), []),
      }),
    ),
    [],
  ),
  NextToken: z.optional(z.string()),
});
type User = z.output<typeof Listed>["Users"][number];

const PAGE = 60;
/** Of a group that is larger the first are told: these are colleagues, not customers. */
const MOST_PAGES = 10;

const colleagueOf = ({ Username, Enabled, Attributes }: User): Colleague => {
  const told = new Map(Attributes.map(({ Name, Value }) => [Name, Value]));
  const name = told.get("name");
  const address = told.get("email");
  return {
    id: told.get("sub") ?? Username,
    isEnabled: Enabled,
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
  };
};

export const userPoolDirectory = (call: JsonCall, pool: string): PeopleDirectory => ({
  inGroup: async (group) => {
    const found: Colleague[] = [];
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const input = { UserPoolId: pool, GroupName: group, Limit: PAGE, NextToken: token };
      const { Users, NextToken } = z.parse(Listed, await call("ListUsersInGroup", input));
      found.push(...Users.map(colleagueOf));
      if (NextToken === undefined) break;
      token = NextToken;
    }
    return found;
  },
});
