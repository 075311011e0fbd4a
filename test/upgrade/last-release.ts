import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import { PROJECT_ROOT } from "../support/project/root.ts";

/** What the last release left behind: `test/fixtures/release-0.1/README.md` tells what each file is. */
const FOLDER = join(PROJECT_ROOT, "test/fixtures/release-0.1");

type Item = Record<string, AttributeValue>;
type ItemOnDisk = Readonly<Record<string, AttributeValue | { readonly B: string }>>;
export type QueuedMessage = {
  readonly body: string;
  readonly attributes?: Record<string, MessageAttributeValue>;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly visibleAt?: string;
};
export type MailLinks = {
  readonly to: string;
  readonly messageId: string;
  readonly click: string | null;
  readonly open: string | null;
  readonly unsubscribe: string | null;
  readonly preferences: string | null;
};

/**
 * Functions that have another name today: a new stack with queues of its own beside the old one, which works off what
 * it holds until somebody removes it (docs/deploy.md). Only what is made anew by itself may lie there: `timers/fire`
 * gets the tick of each minute, and timers stay in their table until they have fired.
 */
const RENAMED: Readonly<Record<string, string>> = { "journey-tick": "timers-fire" };

/** The name today of a queue or stack of the last release, or a text that has such names in it. */
export const nameToday = (text: string): string =>
  Object.entries(RENAMED).reduce((named, [old, today]) => named.replaceAll(old, today), text);

const read = <T>(path: string): T => JSON.parse(readFileSync(join(FOLDER, path), "utf8")) as T;

/** Every file of a part, by its name without `.json`. */
const readAll = <T>(part: string): ReadonlyMap<string, T> =>
  new Map(
    readdirSync(join(FOLDER, part)).map((name) => [name.replace(/\.json$/, ""), read<T>(join(part, name))]),
  );

const itemOf = (onDisk: ItemOnDisk): Item =>
  Object.fromEntries(
    Object.entries(onDisk).map(([name, value]) => [
      name,
      typeof value.B === "string" ? { B: Buffer.from(value.B, "base64") } : (value as AttributeValue),
    ]),
  );

const { at } = read<{ at: string }>("moment.json");
const { secrets, mails } = read<{ secrets: Record<string, string>; mails: MailLinks[] }>("tokens.json");

export const lastRelease = {
  /** When it was stopped, in ms. */
  stoppedAt: Date.parse(at),
  secrets,
  mails,
  tables: new Map([...readAll<ItemOnDisk[]>("state")].map(([name, items]) => [name, items.map(itemOf)])),
  queues: readAll<QueuedMessage[]>("queues"),
  answers: new Map(Object.entries(read<Record<string, object>>("answers.json"))),
  uploaded: read<Record<string, string>>("playbook/uploaded.json"),
  putIntoLog: read<string[]>("log/put.json"),
  logObjects: read<Record<string, string[]>>("log/objects.json"),
  templates: readAll<unknown>("templates"),
};
