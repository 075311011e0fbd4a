import { join } from "node:path";
import { readFolder } from "#cli/folder.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { publishPlaybook, uploadPlaybook } from "#infra/local/seed.ts";
import { type Client, succeed } from "../measure/client.ts";
import { ROOT, sendAndSettle } from "../measure/hub.ts";
import { atMost, type Line, noted, printTable } from "../measure/table.ts";

const MOST = 18;
const WRITERS = 3;
/** By function: what of its requests nobody waits for who waits for the answer. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  // The log of decisions is written while the sender is asked, and the profile hears of the answer afterwards.
  "converse/api": ["firehose:PutRecordBatch", "sqs:SendMessageBatch"],
  "converse/on-inbound": ["firehose:PutRecordBatch", "sqs:SendMessageBatch"],
  // What became of it is recorded, and told to the reports.
  "send/sms": ["events:PutEvents"],
};
/** The sender's claim is one, what the provider answered another. */
const RECORDED = 1;

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

const sum = (counts: Readonly<Record<string, number>> = {}): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

const waitedFor = (name: string, counts: Readonly<Record<string, number>> = {}): number =>
  sum(counts) - (BESIDE[name] ?? []).reduce((total, operation) => total + (counts[operation] ?? 0), 0);

const settle = async (client: Client): Promise<void> => {
  succeed(await client.api("POST", "/_local/clock", { advance: "PT0S" }));
};

type Turn = { readonly inbound: Counts; readonly answer: Counts };

/** A message that the rules answer: what functions ask for until all is done that follows of it. */
const answeredTurn = async (cloud: LocalCloud, client: Client, from: string): Promise<Counts> => {
  cloud.usage.reset();
  succeed(await client.api("POST", "/_local/inbound", { channel: "sms", from, text: "ORDER" }));
  await settle(client);
  return cloud.usage.report(1).byFunction;
};

/** One message and its answer: what functions ask for until it has joined the thread, and from the agent's answer on. */
const oneTurn = async (cloud: LocalCloud, client: Client, writer: number): Promise<Turn> => {
  const from = `+1202555014${writer}`;
  cloud.usage.reset();
  succeed(await client.api("POST", "/_local/inbound", { channel: "sms", from, text: "Where is it?" }));
  await settle(client);
  const inbound = cloud.usage.report(1).byFunction;
  const list = await client.api("GET", `/v1/profiles/userId:writer-${writer}/conversations`);
  const [{ conversationId }] = JSON.parse(succeed(list).body).items;
  cloud.usage.reset();
  const path = `/v1/conversations/${conversationId}/replies`;
  succeed(await client.api("POST", path, { text: "Under way" }));
  await settle(client);
  return { inbound, answer: cloud.usage.report(1).byFunction };
};

const ON_THE_WAY_IN = ["receive/aws", "profile/apply-events", "converse/on-inbound"];

const partsOf = ({ inbound, answer }: Turn) => [
  ...ON_THE_WAY_IN.map((name) => [name, waitedFor(name, inbound[name])] as const),
  ["converse/api", waitedFor("converse/api", answer["converse/api"])] as const,
  ["send/sms", waitedFor("send/sms", answer["send/sms"]) - RECORDED] as const,
];

const totalOf = (turn: Turn): number => partsOf(turn).reduce((made, [, count]) => made + count, 0);

/** Of several turns the least counts: what a process reads once in five seconds is no cost of an answer. */
const linesOf = (which: string, turns: readonly Turn[]): Line[] => {
  const [least] = turns.toSorted((a, b) => totalOf(a) - totalOf(b));
  if (least?.answer["send/sms"]?.["sms-voice:SendTextMessage"] === undefined)
    throw new Error("no answer was sent");
  const parts = partsOf(least).map(([name, count]) => noted(`  ${name}`, String(count)));
  return [atMost(which, totalOf(least), MOST), ...parts];
};

/** As a turn of people: that the profile hears of the answer afterwards is no part of it. */
const asTurn = (counts: Counts, { answer }: Turn): Turn => {
  const heard = sum(answer["profile/apply-events"]);
  const applied = sum(counts["profile/apply-events"]) - heard;
  return {
    inbound: { ...counts, "profile/apply-events": { applied } },
    answer: { "send/sms": counts["send/sms"] ?? {} },
  };
};

const meet = (client: Client, userId: string, phone: string) =>
  sendAndSettle(client, [{ type: "identify", userId, traits: { phone } }]);

/** What a customer's message costs until a person's answer leaves, or that of a rule. Gives how many lines are over budget. */
export const printAnswers = async (cloud: LocalCloud, client: Client): Promise<number> => {
  const answered: Counts[] = [];
  for (let writer = 0; writer < WRITERS; writer += 1) {
    const phone = `+1202555015${writer}`;
    await meet(client, `asker-${writer}`, phone);
    answered.push(await answeredTurn(cloud, client, phone), await answeredTurn(cloud, client, phone));
  }
  // People answer everything where the playbook has no rules for it.
  const { "replies.yaml": _rules, ...files } = readFolder(join(ROOT, "playbooks/retail"));
  const people = await uploadPlaybook(cloud, files);
  if ("refused" in people) throw new Error("the playbook without rules is refused");
  await publishPlaybook(cloud, people.version);
  succeed(await client.api("POST", "/_local/clock", { advance: "PT10S" }));
  const first: Turn[] = [];
  const next: Turn[] = [];
  for (let writer = 0; writer < WRITERS; writer += 1) {
    await meet(client, `writer-${writer}`, `+1202555014${writer}`);
    first.push(await oneTurn(cloud, client, writer));
    next.push(await oneTurn(cloud, client, writer));
  }
  const turns = answered.map((counts) => asTurn(counts, first[0] ?? { inbound: {}, answer: {} }));
  return printTable(
    `A text message and its answer, each of ${WRITERS} writers: requests that functions make until the answer leaves`,
    [
      ...linesOf("their first, which begins a conversation", first),
      ...linesOf("their next", next),
      ...linesOf("a word that a rule answers", turns),
    ],
  );
};
