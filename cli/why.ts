import { expectedOneOf } from "#kernel/suggest.ts";
import { type HubOptions, hubClient } from "./hub.ts";
import type { Terminal } from "./terminal.ts";

/** So many placements are asked about at once, as the API takes them. */
const MOST_AT_ONCE = 20;

/**
 * `rapport why <customer> <action>`: at each placement of the action, whether the customer would get it now, and if not, why.
 * Nothing is recorded and nothing is sent. Gives 1 where they would get it nowhere.
 */
export const why = async (
  customer: string,
  action: string,
  options: HubOptions,
  terminal: Terminal,
): Promise<number> => {
  const call = hubClient(options, terminal);
  const { actions } = await call("GET /v1/playbooks/{version}", { path: { version: "current" } });
  const found = actions.find((one) => one.action === action);
  if (found === undefined) {
    const known = actions.map((one) => one.action);
    throw new Error(`the live playbook has no action "${action}"; ${expectedOneOf(action, known)}`);
  }
  let isSaid = false;
  for (let from = 0; from < found.placements.length; from += MOST_AT_ONCE) {
    const placements = found.placements.slice(from, from + MOST_AT_ONCE);
    const body = { customer, placements, dryRun: true, explain: true };
    const answer = await call("POST /v1/decisions", { body });
    for (const { placement, customerId, actions: chosen, rejected = [] } of "decisions" in answer
      ? answer.decisions
      : [answer]) {
      if (customerId === null) throw new Error(`there is no customer ${customer}`);
      const said = chosen.find((one) => one.action === action);
      const rejection = rejected.find((one) => one.action === action);
      isSaid ||= said !== undefined;
      const how = said?.channel === undefined ? "" : ` by ${said.channel}`;
      const when = said?.sendAt === undefined ? "" : `, at ${said.sendAt}`;
      terminal.out(
        said === undefined
          ? `${placement}  no (${rejection?.reason ?? "not considered"}): ${rejection?.detail ?? "it has no treatment for this placement."}`
          : `${placement}  yes${how}${when}`,
      );
    }
  }
  if (found.placements.length === 0) terminal.out(`${action} is offered nowhere: it names no placement`);
  return isSaid ? 0 : 1;
};
