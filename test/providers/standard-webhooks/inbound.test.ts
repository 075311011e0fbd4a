import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { inbound } from "#providers/standard-webhooks/inbound.ts";
import { isSigned, signedHeaders } from "#wire/standard-webhook.ts";

const SECRET = `whsec_${randomBytes(32).toString("base64")}`;
const AT = new Date();
const BODY = JSON.stringify({ type: "message.received", data: { from: "U1", text: "Grüße" } });

const callOf = (headers: Record<string, string>, body = BODY) => ({
  url: "https://hub.example/v1/in/standard-webhooks/default",
  headers,
  body: Buffer.from(body),
});
/** As the reference implementation signs it. */
const theirs = (secret = SECRET, at = AT, body = BODY) => ({
  "webhook-id": "msg_1",
  "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
  "webhook-signature": new Webhook(secret).sign("msg_1", at, body),
});

describe("a call signed as Standard Webhooks says", () => {
  it("is genuine by the reference implementation, and ours is genuine to it", () => {
    expect(isSigned(SECRET, callOf(theirs()), AT.getTime())).toBe(true);
    const ours = signedHeaders(SECRET, { id: "msg_2", body: BODY }, AT.getTime());
    expect(new Webhook(SECRET).verify(BODY, ours)).toEqual(JSON.parse(BODY));
  });

  it("is genuine by any of its signatures, as while a secret is changed", () => {
    const headers = theirs();
    const signature = `v1,${randomBytes(32).toString("base64")} v1a,x ${headers["webhook-signature"]}`;
    expect(isSigned(SECRET, callOf({ ...headers, "webhook-signature": signature }), AT.getTime())).toBe(true);
  });

  it.each([
    ["with another secret", callOf(theirs(`whsec_${randomBytes(32).toString("base64")}`))],
    ["over another body", callOf(theirs(), BODY.replace("Grüße", "Grüsse"))],
    ["over a body that was cut", callOf(theirs(), BODY.slice(0, -1))],
    ["for another id", callOf({ ...theirs(), "webhook-id": "msg_2" })],
    ["for another time", callOf({ ...theirs(), "webhook-timestamp": String(Math.floor(+AT / 1_000) - 1) })],
    ["too long ago", callOf(theirs(SECRET, new Date(+AT - 301_000)))],
    ["in the future", callOf(theirs(SECRET, new Date(+AT + 302_000)))],
    ["at a time that is none", callOf({ ...theirs(), "webhook-timestamp": "now" })],
    ["without a signature", callOf({ ...theirs(), "webhook-signature": "" })],
    ["without any of it", callOf({})],
  ])("is forged or stale %s", (_what, call) => {
    expect(isSigned(SECRET, call, AT.getTime())).toBe(false);
  });
});

describe("a secret that is hardly one", () => {
  it.each(["whsec_", "!?", "whsec_c2hvcnQ="])(
    "%s makes no call genuine: anybody can sign with it",
    (secret) => {
      const headers = signedHeaders(secret, { id: "msg_1", body: BODY }, AT.getTime());
      expect(isSigned(secret, callOf(headers), AT.getTime())).toBe(false);
    },
  );
});

describe("a message by such a call", () => {
  const read = (payload: unknown) => inbound.read(payload, "desk", 0)?.messages;

  it("is of whom that account's system names", () => {
    const data = { from: "U1", text: "Hi", inReplyTo: "msg_9", mood: "new" };
    const payload = { type: "message.received", timestamp: AT.toISOString(), data, webhookId: "w1", v: 2 };
    expect(read(payload)).toEqual([
      {
        channel: "webhook",
        providerMessageId: "w1",
        from: "desk:U1",
        to: "",
        text: "Hi",
        at: AT.toISOString(),
        inReplyTo: "msg_9",
      },
    ]);
  });

  it.each([
    ["nobody", { type: "message.received", webhookId: "w1", data: { text: "Hi" } }],
    ["an empty name", { type: "message.received", webhookId: "w1", data: { from: "" } }],
    ["a number", 7],
    ["a list", []],
    ["nothing", null],
  ])("is not read where it names %s", (_what, payload) => {
    expect(read(payload)).toBeUndefined();
  });

  it("is none where something else is told", () => {
    expect(read({ type: "contact.updated", webhookId: "w1", data: {} })).toEqual([]);
  });
});
