import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CHANNELS, PROVIDERS } from "#channels/all.ts";
import { type AssemblyStack, readAssembly } from "#infra/local/assembly/read.ts";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Client, succeed } from "../measure/client.ts";
import { ROOT, sendAndSettle } from "../measure/hub.ts";
import { atMost, type Line, noted, printTable } from "../measure/table.ts";

/** Until the provider is called. */
const MOST = 14;
/** The sender's last requests record what the provider answered, and tell the reports. */
const AFTER_THE_CALL = 2;
const TURNS = 3;

/** List prices of a month, us-east-1. */
const ALARM = 0.1;
/** Lambda asks an idle queue by five pollers, each for 20 s at a time: 648,000 requests at 0.40 dollars a million. */
const POLLED_QUEUE = 0.26;

/** What can be said to somebody on each channel, to whom `CUSTOMER` can be reached by it. */
const SAID: Readonly<Record<string, object>> = {
  email: { subject: "Hello", text: "Hello" },
  sms: { text: "Hello" },
  push: { title: "Hello", body: "Hello" },
};
const CUSTOMER = "costs-of-channels";

/** What stands in AWS for a channel while nobody sends: its alarms, and the pollers of its queues. */
export const standingDollars = ({ template }: Pick<AssemblyStack, "template">): number => {
  const types = Object.values(template.Resources ?? {}).map(({ Type }) => Type);
  const count = (type: string): number => types.filter((one) => one === type).length;
  return count("AWS::CloudWatch::Alarm") * ALARM + count("AWS::Lambda::EventSourceMapping") * POLLED_QUEUE;
};

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** One message by a channel, from the call that asks for it on. */
const requestsOfOne = async (cloud: LocalCloud, client: Client, channel: string): Promise<number> => {
  cloud.usage.reset();
  const asked = { to: `userId:${CUSTOMER}`, category: "transactional", channel, content: SAID[channel] };
  succeed(await client.api("POST", "/v1/messages", asked));
  succeed(await client.api("POST", "/_local/clock", { advance: "PT0S" }));
  const { byFunction } = cloud.usage.report(1);
  const ways = Object.entries(byFunction).filter(
    ([name]) => name === "send/api" || name === `send/${channel}`,
  );
  return ways.reduce((made, [, counts]) => made + sum(counts), 0) - AFTER_THE_CALL;
};

const requestLines = async (cloud: LocalCloud, client: Client): Promise<readonly Line[]> => {
  const device = { token: "costs-of-channels-token" };
  const traits = { email: "costs@example.com", phone: "+12025550177" };
  const introduced = { type: "identify", userId: CUSTOMER, traits, context: { device } };
  await sendAndSettle(client, [introduced]);
  const lines: Line[] = [];
  for (const channel of Object.keys(SAID)) {
    let least = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < TURNS; turn += 1)
      least = Math.min(least, await requestsOfOne(cloud, client, channel));
    lines.push(atMost(`${channel}: from POST /v1/messages to its provider's call`, least, MOST));
  }
  return lines;
};

const standingLines = async (): Promise<readonly Line[]> => {
  const cache = join(ROOT, ".rapport/assembly");
  mkdirSync(cache, { recursive: true });
  const channels = [...CHANNELS.keys()].filter((channel) => PROVIDERS.get(channel)?.length);
  const stacks = readAssembly(await synthesize({ root: ROOT, cache, channels }));
  return channels.flatMap((channel) => {
    const stack = stacks.find(({ stackName }) => stackName.endsWith(`-send-${channel}`));
    if (stack === undefined) return [];
    const carried = `carried by ${PROVIDERS.get(channel)?.join(", ")}`;
    return [
      noted(`${channel}: dollars a month while nobody sends`, standingDollars(stack).toFixed(2), carried),
    ];
  });
};

/** What each channel costs: requests for a message where it is deployed by default, and what stands while nobody sends. */
export const printChannels = async (cloud: LocalCloud, client: Client): Promise<number> =>
  printTable("What a message costs by channel, and the channel itself", [
    ...(await requestLines(cloud, client)),
    ...(await standingLines()),
  ]);
