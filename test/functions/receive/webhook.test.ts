import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it } from "vitest";
import { memoryOriginals } from "#adapters/memory/originals.ts";
import { memoryProviderAccounts } from "#adapters/memory/provider-accounts.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { webhookCalls } from "#functions/receive/webhook/calls.ts";
import { operations } from "#functions/receive/webhook/operations.ts";
import { INBOUND } from "#providers/all.inbound.ts";
import { errorOf } from "../../support/handlers/errors.ts";
import { callerOf } from "../../support/handlers/requests.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const SECRET = `whsec_${Buffer.from("a secret of thirty-two bytes or so").toString("base64")}`;
const NOW = new Date("2027-01-01T12:00:00Z");
const PROVIDER = "standard-webhooks";
const { document } = await testPlaybook();

let kept: Map<string, string>;
let sent: CollectedEvent[];
let counted: unknown[][];
let call: ReturnType<typeof callerOf<typeof operations>>;
beforeEach(() => {
  kept = new Map();
  sent = [];
  counted = [];
  call = callerOf(
    operations,
    webhookCalls({
      accounts: memoryProviderAccounts({
        [`${PROVIDER}/desk`]: { secret: SECRET },
        [`${PROVIDER}/bare`]: {},
      }),
      inbound: INBOUND,
      originals: memoryOriginals(kept),
      suppressions: { say: async () => {}, add: async () => {} },
      messages: {
        get: async () => null,
        record: async () => null,
        claim: async () => ({ result: "missing" }),
      },
      customers: { putConsent: async () => {} },
      inbox: { send: async (events) => void sent.push(...events) },
      playbooks: { current: async () => document },
      publicUrl: "https://hub.example",
      setting: (name) => name,
      bucket: "originals",
      clock: { now: () => +NOW },
      telemetry: {
        log: { info: () => {}, warn: () => {}, error: () => {} },
        count: (...args) => void counted.push(args),
      },
    }),
  );
});

const ROUTE = "POST /v1/in/{provider}/{account}";
const MESSAGE = { type: "message.received", data: { from: "U1", text: "Hi" } };
const signed = (body: string, at = NOW) => ({
  "webhook-id": "w-1",
  "webhook-timestamp": String(+at / 1_000),
  "webhook-signature": new Webhook(SECRET).sign("w-1", at, body),
});
const bring = (told: unknown, headers?: Record<string, string>, account = "desk", provider = PROVIDER) => {
  const body = typeof told === "string" ? told : JSON.stringify(told);
  return call(ROUTE, { body, params: { provider, account }, headers: headers ?? signed(body) });
};

describe("a provider's call", () => {
  it("is taken with its own signature: kept as it came, and an event of who wrote", async () => {
    expect(await bring(MESSAGE)).toMatchObject({ status: 200, json: { received: 1 } });
    expect([...kept.values()]).toEqual([JSON.stringify(MESSAGE)]);
    expect(sent).toMatchObject([
      { name: "message.received", identifiers: [{ type: "webhook", value: "desk:U1" }] },
    ]);
  });

  it("is one message however often it is brought", async () => {
    await bring(MESSAGE);
    await bring(MESSAGE);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  });

  it.each([
    ["without a signature", {}],
    ["with a forged one", { ...signed("{}") }],
    ["that is ten minutes old", signed(JSON.stringify(MESSAGE), new Date(+NOW - 600_000))],
  ])("%s is refused with 401, and nothing of it is kept", async (_what, headers) => {
    const error = await errorOf(bring(MESSAGE, headers));
    expect([error.status, error.code]).toEqual([401, "signature_invalid"]);
    expect([kept.size, sent.length]).toEqual([0, 0]);
  });

  it.each([
    ["an account that nobody has", "other", PROVIDER],
    ["an account without the secret that signs", "bare", PROVIDER],
    ["an account whose name climbs", "../desk", PROVIDER],
    ["a provider that nobody has", "desk", "nobody"],
    ["a provider that never calls", "default", "end-user-messaging"],
  ])("for %s is answered with 404, signed or not", async (_what, account, provider) => {
    const error = await errorOf(bring(MESSAGE, undefined, account, provider));
    expect([error.status, error.code]).toEqual([404, "not_found"]);
  });

  it("of next year is kept for people, counted, and not brought again", async () => {
    const answer = await bring({ type: "message.received", data: { who: { id: 1 } } });
    expect(answer).toMatchObject({ status: 200, json: { received: 0 } });
    expect(kept.size).toBe(1);
    expect(counted).toEqual([["PayloadsUnread", 1, PROVIDER]]);
  });

  it("by which nobody proves that the address is theirs is not greeted", async () => {
    const params = { provider: PROVIDER, account: "desk" };
    expect((await errorOf(call("GET /v1/in/{provider}/{account}", { params }))).status).toBe(401);
  });
});
