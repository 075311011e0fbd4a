import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoMessageStore } from "#adapters/dynamodb/messages/message-store.ts";
import { dynamoOverdueMessages } from "#adapters/dynamodb/messages/overdue-messages.ts";
import type { MessageStore, OverdueMessages } from "#ports/message-store.ts";
import { parameterName } from "#runtime/names.ts";
import type { Deployment } from "./assembly/deployment.ts";
import { objectAt, parseObject, textAt } from "./aws/json.ts";
import type { TableStore } from "./dynamodb/store.ts";
import type { Functions } from "./lambda/functions.ts";
import type { TimeTravel } from "./machine/time-travel.ts";
import type { Messaging } from "./messaging.ts";
import type { AwsAccess } from "./state/access.ts";
import { RESTORED } from "./state/backup.ts";
import type { Settings } from "./state/settings.ts";

/** What the first start over a restored backup did. */
export type Restored = {
  /** The moment of the backup, ISO-8601. */
  readonly takenAt: string;
  /** Ids of the messages that the first hub may have sent since then: they are `uncertain`, and nobody sends them. */
  readonly heldBack: readonly string[];
};

type Around = {
  readonly settings: Settings;
  readonly deployment: Deployment;
  readonly functions: Pick<Functions, "feed" | "settled">;
  readonly messaging: Pick<Messaging, "queues" | "runSchedules">;
  readonly store: TableStore;
  readonly time: Pick<TimeTravel, "idle" | "now">;
  readonly aws: AwsAccess;
};

const LOOK_AGAIN_MS = 100;

/**
 * Over a state that was restored, does everything that the hub whose backup this is would have done by now, but for
 * sending: applies what waited, lets timers fire, decides. Ids follow from what caused them, so these are the very messages
 * that the first hub has made, and may have sent. Then each is ended as `uncertain`. What falls due later was not sent by a
 * hub that has ended, and will be. Safe to begin again. @returns null where nothing was restored
 */
export async function settleRestored(around: Around): Promise<Restored | null> {
  const { settings, functions, messaging, store, time } = around;
  const takenAt = settings.get(RESTORED);
  if (takenAt === null) return null;
  functions.feed((label) => !isSender(label));
  messaging.runSchedules(store);
  await time.idle();
  // What failed and is tried again belongs to what the first hub did.
  while (!functions.settled()) await sleep(LOOK_AGAIN_MS);
  const heldBack = await holdBackAll(around, takenAt);
  settings.set(RESTORED, null);
  return { takenAt, heldBack };
}

async function holdBackAll(around: Around, takenAt: string): Promise<readonly string[]> {
  const { deployment, messaging, time, aws } = around;
  const table = deployment.parameters.get(parameterName("local", "tables/history"));
  if (table === undefined) throw new Error("the assembly publishes no table of messages");
  const client = new DynamoDBClient(aws);
  const holding = { messages: dynamoMessageStore({ client, table }), takenAt, nowMs: time.now() };
  const heldBack: string[] = [];
  const holdAll = async (messageIds: Iterable<string>): Promise<number> => {
    const before = heldBack.length;
    for (const messageId of messageIds) if (await holdBack(holding, messageId)) heldBack.push(messageId);
    return heldBack.length - before;
  };
  await holdAll(requestedIn(messaging));
  const overdue = dynamoOverdueMessages({ client, table });
  while ((await holdAll(await untold(overdue, time.now()))) > 0);
  client.destroy();
  return heldBack;
}

/** Functions that speak to customers, by their label `send/<channel>`. */
const isSender = (label: string): boolean => label.startsWith("send/");

/** Messages that wait for a sender. Their requests stay in the queues: senders drop them, as they do with every duplicate. */
const requestedIn = ({ queues }: Around["messaging"]): ReadonlySet<string> => {
  const events = queues.all().flatMap((queue) => queue.waiting().map((body) => parseObject(body) ?? {}));
  const requests = events.filter((event) => textAt(event, "detail-type") === "message.requested");
  return new Set(requests.map((event) => textAt(objectAt(event, "detail"), "messageId") ?? ""));
};

/** Later than any message is looked after. */
const END_OF_TIME = "9999-12-31T23:59:59.999Z";

/** Messages that were made and whose request nobody has queued: the backup fell between the two. The first hub went on. */
const untold = async (overdue: OverdueMessages, nowMs: number): Promise<readonly string[]> => {
  const now = new Date(nowMs).toISOString();
  const open = await overdue.find(END_OF_TIME);
  return open.filter(({ sendAt = "" }) => sendAt <= now).map(({ messageId }) => messageId);
};

type Holding = { readonly messages: MessageStore; readonly takenAt: string; readonly nowMs: number };

/** @returns whether the message was one that may have been sent */
async function holdBack({ messages, takenAt, nowMs }: Holding, messageId: string): Promise<boolean> {
  const now = new Date(nowMs).toISOString();
  const claim = await messages.claim(messageId, { now, until: now, reclaim: "never" });
  if (claim.result === "missing") return false;
  if (claim.result === "taken" && claim.message.status !== "sending") return false;
  const reason = `restored from a backup of ${takenAt}: may have been sent since`;
  await messages.record(messageId, { status: "uncertain", at: now, reason });
  return true;
}
