import { parseObject } from "#infra/local/aws/json.ts";
import type { LocalDoor, LocalResource } from "#infra/local/door/provider-local.ts";
import type { JsonObject } from "#kernel/json.ts";

type Published = { readonly topicArn: string; readonly message: JsonObject };

/** The door of a local cloud whose templates hold these resources, by type; it notes what is published. */
export const doorTo = (
  resources: Readonly<Record<string, Partial<LocalResource>>>,
): {
  readonly door: LocalDoor;
  readonly published: readonly Published[];
  readonly put: readonly { readonly place: string; readonly body: Buffer }[];
} => {
  const published: Published[] = [];
  const put: { readonly place: string; readonly body: Buffer }[] = [];
  const door: LocalDoor = {
    now: () => Date.parse("2027-01-01T00:00:00Z"),
    outbox: { add: () => {}, count: () => 0 },
    resources: (type) => {
      const found = resources[type];
      if (found === undefined) return [];
      return [{ properties: {}, metadata: {}, identity: { ref: type, attributes: {} }, ...found }];
    },
    publish: (topicArn, { message }) => {
      published.push({ topicArn, message: parseObject(message) ?? {} });
    },
    putEvent: () => {},
    report: () => ({ ok: true, deliveredTo: [] }),
    receive: (payload) => {
      published.push({ topicArn: "topics/inbound", message: parseObject(payload) ?? {} });
      return { ok: true, deliveredTo: ["topics/inbound"] };
    },
    putObject: (bucket, key, body) => {
      put.push({ place: `${bucket}/${key}`, body });
    },
    apiUrl: "http://127.0.0.1:4000",
    ask: async () => ({ status: 200, body: "{}" }),
    post: async (path) => ({ ok: true, deliveredTo: [path] }),
    visit: async () => 200,
    smtpUrl: undefined,
  };
  return { door, published, put };
};
