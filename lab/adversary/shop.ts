import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { readFolder } from "#cli/folder.ts";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import { loadPlaybook, seedKeys } from "#infra/local/seed.ts";
import { LOCAL_WRITE_KEY } from "#infra/local/state/local-keys.ts";
import { type Client, clientOf, succeed } from "../measure/client.ts";
import { ROOT } from "../measure/hub.ts";
import type { Attack } from "./attack.ts";
import { type Answer, strangerTo } from "./stranger.ts";

export type Mail = {
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly at: string;
};

/** A hub in this process whose state lies on disk, with the retail playbook, as its company and as anybody. */
export type Shop = {
  readonly client: Client;
  /** Collects with the secret key, as the shop's own server does. */
  readonly tell: (path: string, body: unknown) => Promise<void>;
  /** Whatever anybody may ask, with the write key alone. */
  readonly anybody: (attack: Attack) => Promise<Answer>;
  /** Leaves by the one-click link of a mail; gives the answer's status. */
  readonly leave: (path: string) => Promise<number>;
  readonly mailsTo: (address: string) => Promise<readonly Mail[]>;
  readonly mails: () => Promise<readonly Mail[]>;
  readonly now: () => Promise<number>;
  readonly settle: () => Promise<void>;
  /** Of every message that was given up its reason; undefined where it has none. */
  readonly deadLetters: () => Promise<readonly (string | undefined)[]>;
  readonly stop: () => Promise<void>;
};

/** Answers to two ids can be compared byte for byte only where nothing is drawn by lot. */
const playbook = (): Record<string, string> => {
  const files = readFolder(join(ROOT, "playbooks/retail"));
  return {
    ...files,
    "learning.yaml": `${files["learning.yaml"]}`.replace("method: inverse-gap", "method: none"),
  };
};

const deadLettersOf = async (cloud: LocalCloud): Promise<readonly (string | undefined)[]> => {
  const sqs = new SQSClient(cloud.aws);
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const reasons: (string | undefined)[] = [];
  for (const QueueUrl of QueueUrls.filter((url) => url.endsWith("-dlq"))) {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    let left = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
    while (left > 0) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ["All"],
          VisibilityTimeout: 600,
        }),
      );
      if (Messages.length === 0) break;
      reasons.push(...Messages.map(({ MessageAttributes }) => MessageAttributes?.reason?.StringValue));
      left -= Messages.length;
    }
  }
  sqs.destroy();
  return reasons;
};

const outboxOf = async (client: Client, query: Record<string, string>): Promise<readonly Mail[]> => {
  const items: Mail[] = [];
  let cursor: string | null = null;
  do {
    const search: URLSearchParams = new URLSearchParams({
      limit: "100",
      ...query,
      ...(cursor === null ? {} : { cursor }),
    });
    const page: { items: Mail[]; cursor?: string | null } = JSON.parse(
      succeed(await client.api("GET", `/_local/outbox?${search}`)).body,
    );
    items.push(...page.items);
    cursor = page.cursor ?? null;
  } while (cursor !== null);
  return items;
};

const startCloud = async (stateDirectory: string): Promise<LocalCloud> => {
  const cache = join(ROOT, ".rapport/assembly");
  mkdirSync(cache, { recursive: true });
  const cloud = await startLocalCloud({
    assembly: await synthesize({ root: ROOT, cache }),
    port: 0,
    stateDirectory,
  });
  await seedKeys(cloud);
  await loadPlaybook(cloud, playbook(), null);
  return cloud;
};

/** Starts it. Whoever does has to stop it. */
export const openShop = async (): Promise<Shop> => {
  const directory = mkdtempSync(join(tmpdir(), "rapport-adversary-"));
  const cloud = await startCloud(directory);
  const client = clientOf(cloud.url, 8);
  const stranger = strangerTo(cloud.url, LOCAL_WRITE_KEY);
  const advance = async (): Promise<{ now: string }> =>
    JSON.parse(succeed(await client.api("POST", "/_local/clock", { advance: "PT0S" })).body);
  return {
    client,
    anybody: stranger.ask,
    tell: async (path, body) => void succeed(await client.collect(path, body)),
    leave: async (path) => {
      const answer = await fetch(cloud.url + path, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "List-Unsubscribe=One-Click",
      });
      return answer.status;
    },
    mailsTo: (to) => outboxOf(client, { to, channel: "email" }),
    mails: () => outboxOf(client, {}),
    now: async () => Date.parse(JSON.parse(succeed(await client.api("GET", "/_local/clock")).body).now),
    settle: async () => void (await advance()),
    deadLetters: () => deadLettersOf(cloud),
    stop: async () => {
      client.close();
      stranger.leave();
      await cloud.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
