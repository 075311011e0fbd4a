import { parseObject, textAt } from "../aws/json.ts";
import { jsonResponse, type Service } from "../aws/protocol.ts";
import { SAMPLE_PEOPLE } from "./people.ts";

/** Cognito's ListUsersInGroup over the sample people. @param logsIn whether there are any: not where customers are served */
export function createUserPoolService(logsIn: boolean): Service {
  return (operation, request) => {
    if (operation !== "ListUsersInGroup") return null;
    const group = textAt(parseObject(request.body) ?? {}, "GroupName");
    const people = logsIn ? SAMPLE_PEOPLE.filter(({ role }) => role === group) : [];
    const Users = people.map(({ id, name, email }) => ({
      Username: id,
      Enabled: true,
      Attributes: [
        { Name: "sub", Value: id },
        { Name: "name", Value: name },
        { Name: "email", Value: email },
      ],
    }));
    return jsonResponse({ Users }, "application/x-amz-json-1.1");
  };
}
