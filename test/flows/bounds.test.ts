import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { toRecord } from "#adapters/dynamodb/customers/customer-items.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { allItems } from "../support/aws/all-items.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { linkIn } from "../support/hub/links.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { consentTo } from "../support/hub/people.ts";
import { TEST_FILES, testFiles } from "../support/playbook/files.ts";

const SEED = 20261130;
const ROUNDS = 4;
const KEPT_VALUES = 12;
/** The adversary names all but the last. */
const CUSTOMERS = ["kim", "lee", "ann"];

const keptValues = Array.from({ length: KEPT_VALUES }, (_, n) => n);
const PLAYBOOK = testFiles({
  "data-model.yaml": (TEST_FILES["data-model.yaml"] ?? "").replace(
    "events:",
    `${keptValues.map((n) => `  last${n}: { kind: last, event: Kept ${n}, property: a }`).join("\n")}\nevents:\n${keptValues.map((n) => `  Kept ${n}: { a: string }`).join("\n")}`,
  ),
});

let cloud: LocalCloud;
let hub: Hub;
beforeAll(async () => {
  cloud = await startTestCloud({ playbook: PLAYBOOK });
  hub = hubAt(cloud.url);
});

/** What is sent to a path of the API, as text where JSON of JavaScript has no such depth. */
type Attack = readonly { readonly path: string; readonly body: object | string }[];

const text = (bytes: number): string => "x".repeat(bytes);
const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
const numbered = <T>(count: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** Somebody whom the adversary knows, or a device that it makes up. */
const named = fc.oneof(
  fc.constantFrom({ userId: "kim" }, { userId: "lee" }, { anonymousId: "kims-browser" }),
  fc.nat(20).map((n) => ({ anonymousId: `device ${n}` })),
  fc.nat(5).map((n) => ({ userId: "kim", anonymousId: `device ${n}` })),
);
/** Bytes about the bound of an event, which the rest of it passes or not. */
const large = fc.integer({ min: 20_000, max: BOUNDS.eventBytes + 100 });

const track = (who: object, event: string, rest: object) => ({
  path: "/v1/track",
  body: { ...who, event, ...rest },
});

const ATTACKS_BY_KIND: Readonly<Record<string, fc.Arbitrary<Attack>>> = {
  "thirteen topics, each with a long text": fc
    .tuple(named, large, fc.constantFrom("granted", "withdrawn"), fc.constantFrom("email", "sms", "x"))
    .map(([who, bytes, status, channel]) =>
      numbered(13, (n) =>
        track(who, "Consent Changed", {
          properties: { channel, topic: n === 0 ? "service" : `x${n}`, status, text: text(bytes) },
        }),
      ),
    ),
  "2,450 topics": fc.tuple(named, fc.integer({ min: 2_000, max: 2_450 })).map(([who, count]) => [
    track(who, "Flood", {
      context: {
        consent: { categoryPreferences: Object.fromEntries(numbered(count, (n) => [`x${n}`, true])) },
      },
    }),
  ]),
  "a batch whose context is half a megabyte": fc
    .tuple(named, fc.integer({ min: 1, max: 300 }), fc.integer({ min: 25_000, max: 460_000 }))
    .map(([who, count, bytes]) => [
      {
        path: "/v1/batch",
        body: {
          context: { page: text(bytes) },
          batch: numbered(count, (n) => ({ ...who, type: "track", event: `Small ${n}` })),
        },
      },
    ]),
  "twelve long traits": fc
    .tuple(named, large)
    .map(([who, bytes]) =>
      numbered(12, (n) => ({ path: "/v1/identify", body: { ...who, traits: { [`t${n}`]: text(bytes) } } })),
    ),
  "many traits that are just short enough": fc
    .tuple(named, fc.integer({ min: 500, max: BOUNDS.traitBytes }))
    .map(([who, bytes]) =>
      numbered(12, (m) => ({
        path: "/v1/identify",
        body: {
          ...who,
          traits: Object.fromEntries(
            numbered(Math.floor(30_000 / (bytes + 20)), (n) => [`t${m} ${n}`, text(bytes)]),
          ),
        },
      })),
    ),
  "twelve values that are kept last": fc
    .tuple(named, large)
    .map(([who, bytes]) =>
      keptValues.map((n) => track(who, `Kept ${n}`, { properties: { a: text(bytes) } })),
    ),
  "deep JSON": fc
    .tuple(fc.integer({ min: BOUNDS.jsonDepth - 4, max: 4_000 }), fc.constantFrom("traits", "context"))
    .map(([depth, member]) => [
      { path: "/v1/identify", body: `{"userId":"kim","${member}":{"d":${deep(depth)}}}` },
    ]),
  "half a megabyte of data": fc
    .tuple(named, fc.constantFrom("track", "batch", "messages"), fc.integer({ min: 33_000, max: 520_000 }))
    .map(([who, call, bytes]) => [
      {
        path: `/v1/${call}`,
        body: {
          ...who,
          event: "Signed Up",
          to: "userId:kim",
          data: { a: text(bytes) },
          batch: [{ ...who, type: "track", event: "Signed Up", properties: { a: text(bytes) } }],
        },
      },
    ]),
  "ids without end": fc
    .tuple(fc.constantFrom("kim", "lee"), fc.integer({ min: 50, max: 1_000 }))
    .map(([userId, bytes]) =>
      numbered(40, (n) => ({
        path: "/v1/identify",
        body: {
          userId,
          anonymousId: `${n}${text(bytes)}`,
          context: { device: { token: `${n}${text(bytes)}` } },
        },
      })),
    ),
};
/** One of each kind a round. */
const rounds = Array.from({ length: ROUNDS }, (_, round) =>
  Object.values(ATTACKS_BY_KIND).flatMap((kind) => fc.sample(kind, { seed: SEED + round, numRuns: 1 })),
);

const WRITE_KEY = { authorization: `Basic ${Buffer.from("local-write-key:").toString("base64")}` };
const statusesOf = (attack: Attack): Promise<readonly number[]> =>
  Promise.all(attack.map(async ({ path, body }) => (await hub.call("POST", path, body, WRITE_KEY)).status));

const addressOf = (userId: string): string => `${userId}@shop.example`;
/** Who can be mailed, said yes, and has a mail: the path of its unsubscribe link. */
const unsubscribePath = async (userId: string): Promise<string> => {
  await hub.tell("identify", { userId, traits: { email: addressOf(userId) } });
  await hub.tell("track", consentTo("email", userId));
  await hub.tell("track", { userId, event: "Signed Up" });
  await hub.settle();
  const [mail] = await hub.outbox({ to: addressOf(userId) });
  return linkIn(mail?.headers?.["List-Unsubscribe"], "u");
};
const FORM = { authorization: "", "content-type": "application/x-www-form-urlencoded" };
const unsubscribed = async (path: string): Promise<number> =>
  (await hub.call("POST", path, "List-Unsubscribe=One-Click", FORM)).status;

/** All items of customers, by customer. */
const customers = async () => Map.groupBy(await allItems(cloud.awsUrl, "customers"), ({ pk }) => pk?.S ?? "");
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
/** Parts of customers that are larger than they may be. */
const overgrown = async (): Promise<readonly string[]> =>
  [...(await customers()).values()].flatMap((items) => {
    const record = toRecord(items);
    if (record === null) return [];
    const { state, contact, consent } = record;
    const parts: readonly (readonly [string, unknown, number])[] = [
      ["profile", { ...state, unsent: {} }, BOUNDS.stateBytes],
      ["contacts", contact, BOUNDS.contactBytes],
      ["consent", consent.entries, BOUNDS.consentBytes],
    ];
    return parts
      .filter(([, part, bound]) => bytesOf(part) > bound)
      .map(([name, part]) => `${name} of ${state.customerId}: ${bytesOf(part)} bytes`);
  });

describe("whoever has nothing but the write key and sends whatever is too large", () => {
  it("should stop no unsubscribe, hold up no customer's event, and make no profile grow past its bounds", async () => {
    const paths = await Promise.all(CUSTOMERS.map(unsubscribePath));
    const answered: number[] = [];
    for (const [round, attacks] of rounds.entries()) {
      const answers = attacks.map(statusesOf);
      const bought = CUSTOMERS.map((userId) => {
        const order = { userId, event: "Order Completed", properties: { order_id: `${round}`, total: 5 } };
        return hub.tell("track", order);
      });
      const during = await Promise.all(paths.map(unsubscribed));
      await Promise.all(bought);
      answered.push(...(await Promise.all(answers)).flat());
      await hub.settle();

      expect([...during, ...(await Promise.all(paths.map(unsubscribed)))]).toEqual(
        Array.from({ length: 2 * CUSTOMERS.length }, () => 200),
      );
      expect(await overgrown()).toEqual([]);
      for (const userId of CUSTOMERS) {
        const { computed, consent } = await hub.profile(`userId:${userId}`);
        expect(computed).toMatchObject({ orders: round + 1, spent: 5 * (round + 1) });
        expect(consent).toContainEqual(
          expect.objectContaining({ channel: "email", topic: "marketing", status: "withdrawn" }),
        );
      }
    }
    // Taken, refused for its size, not for a public key to ask: never a fault of the hub.
    expect([...new Set(answered)].toSorted()).toEqual([200, 400, 403]);
  });
});
