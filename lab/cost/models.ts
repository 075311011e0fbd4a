import type { LocalCloud } from "#infra/local/cloud.ts";
import { parameterName } from "#runtime/names.ts";
import { type Client, succeed } from "../measure/client.ts";
import { atMost, type Line } from "../measure/table.ts";

/** Who decides, and so reads what was learnt. */
const DECIDERS = ["decide/api", "decide/on-event", "decide/slots"];
const TURNS = 40;
/** As many at once, in one process, are a hundred decisions a second between two looks at what was learnt. */
const IN_FIVE_SECONDS = 500;
const LEARNT_BETWEEN = 20;
/** Read units a decision, at any traffic (design: budgets). */
const BUDGET = 2;

const decide = async (
  client: Client,
  userId: string,
): Promise<{ decisionId: string; action: string } | null> => {
  const question = { customer: `userId:${userId}`, placement: "web.home.hero" };
  const { decisionId, actions } = JSON.parse(
    succeed(await client.api("POST", "/v1/decisions", question)).body,
  );
  const [first] = actions;
  return first === undefined ? null : { decisionId, action: first.action };
};

/** Somebody looks, and clicks on what they are shown. */
const decideAndClick = async (client: Client, userId: string): Promise<void> => {
  const shown = await decide(client, userId);
  if (shown === null) throw new Error("nothing is shown");
  succeed(await client.api("POST", "/v1/outcomes", { ...shown, outcome: "clicked" }));
};

const pass = async (client: Client, duration: string): Promise<void> => {
  succeed(await client.api("POST", "/_local/clock", { advance: duration }));
};

/** What reading what was learnt costs a decision, with one in five seconds and with many. */
export const modelLines = async (
  cloud: LocalCloud,
  client: Client,
  customers: readonly string[],
): Promise<readonly Line[]> => {
  const table = cloud.deployment.parameters.get(parameterName("local", "tables/learning")) ?? "";
  const read = (): number => {
    const { readsByFunction } = cloud.usage.report(1);
    return DECIDERS.reduce((units, name) => units + (readsByFunction[name]?.[table] ?? 0), 0);
  };
  const userOf = (turn: number): string => customers[turn % customers.length] ?? "";
  // What was learnt so far: what a model of some weeks is to a process that goes on.
  for (let turn = 0; turn < TURNS; turn += 1) await decideAndClick(client, userOf(turn));
  await pass(client, "PT5S");
  await decide(client, userOf(0));

  cloud.usage.reset();
  for (let turn = 0; turn < TURNS; turn += 1) {
    await decideAndClick(client, userOf(turn));
    await pass(client, "PT5S");
  }
  const low = read() / TURNS;

  for (let turn = 0; turn < LEARNT_BETWEEN; turn += 1) await decideAndClick(client, userOf(turn));
  await pass(client, "PT5S");
  cloud.usage.reset();
  for (let turn = 0; turn < IN_FIVE_SECONDS; turn += 1) await decide(client, userOf(turn));
  const high = read() / IN_FIVE_SECONDS;

  const line = (what: string, units: number): Line =>
    atMost(what, units, BUDGET, (value) => value.toFixed(3));
  return [
    line("a decision in 5 seconds, each of which is learnt from", low),
    line(`${IN_FIVE_SECONDS} decisions one after the other`, high),
  ];
};
