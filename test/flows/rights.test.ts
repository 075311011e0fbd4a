import { randomUUID } from "node:crypto";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { EXAMPLE } from "#channels/webpush/message.ts";
import type { AwsRequest } from "#infra/local/aws/protocol.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { IAM_TABLE, rightsOfSenders } from "../infra/iam-table.ts";
import { awsAt } from "../support/hub/aws-access.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { linkIn } from "../support/hub/links.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { consentTo } from "../support/hub/people.ts";
import { TEST_FILES, testFiles } from "../support/playbook/files.ts";
import { contractsUnderTest } from "../support/sending/contracts.ts";

/** Operations that IAM knows under the name of another action. A transaction of ours is made of puts. */
const ACTION_OF: Readonly<Record<string, string>> = {
  "dynamodb:TransactWriteItems": "dynamodb:PutItem",
  "s3:ListObjectsV2": "s3:ListBucket",
  "sqs:SendMessageBatch": "sqs:SendMessage",
  "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
};

const contracts = await contractsUnderTest();
const channels = [...new Set(contracts.flatMap(([, { sending }]) => Object.keys(sending)))];
const RIGHTS = { ...IAM_TABLE, ...rightsOfSenders(channels, contracts) };
const FUNCTIONS = Object.keys(RIGHTS).filter((name) => !name.includes(" "));
/** They answer from their own code, and the log-in from its issuer. */
const WITHOUT_CALLS = ["api/not-found", "api/openapi", "console/assets", "console/session"];

const requests: AwsRequest[] = [];
let cloud: LocalCloud;
let hub: Hub;

const get = (path: string) => hub.call("GET", path);
const withoutKey = { authorization: "" };
const member = (body: unknown, name: string): string => {
  const value = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  if (typeof value !== "string") throw new Error(`no ${name} in ${JSON.stringify(body)}`);
  return value;
};

const putOnSources = (detail: unknown) =>
  new EventBridgeClient(awsAt(cloud)).send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: "rapport-local-sources",
          Source: "shop.orders",
          DetailType: "Order Shipped",
          Detail: JSON.stringify(detail),
        },
      ],
    }),
  );

/** A page of somebody whom nobody knows asks for its slot and tells that it was turned down. */
const askForSlot = async (visitor: string): Promise<void> => {
  const anonymousId = `page-${visitor}`;
  await hub.collect("track", { anonymousId, event: "Product Viewed", properties: { product_id: "1" } });
  await hub.settle();
  const { body } = await hub.call("POST", "/v1/slots", { anonymousId, placements: ["web.home.hero"] });
  const token = /"token":"([^"]+)"/.exec(JSON.stringify(body))?.[1];
  const told = await hub.call("POST", `/v1/slots/${token}`, { outcome: "dismissed" }, withoutKey);
  expect(told.status, JSON.stringify(body)).toBe(202);
};

/** A draft is begun, changed twice, read, listed, published and forgotten. */
const walkThroughDraft = async (): Promise<void> => {
  const { body } = await hub.call("POST", "/v1/drafts", { name: "Rights" });
  const draft = `/v1/drafts/${member(body, "draftId")}`;
  for (const text of ["one\n", "two\n"]) {
    const { body: read } = await get(`${draft}/files`);
    const began = /"notes.md":\{"text":"[^"]*","revision":"(\w+)"/.exec(JSON.stringify(read))?.[1] ?? null;
    await hub.call("PUT", draft, { files: [{ path: "notes.md", text, began }] });
  }
  await get("/v1/drafts");
  const published = await hub.call("POST", `${draft}/publish`, {});
  expect(published.status, JSON.stringify(published.body)).toBe(200);
  expect((await hub.call("DELETE", draft)).status).toBe(200);
};

/** The customer writes by text message and in another system; a colleague looks, answers, and makes a key. */
const walkThroughConversation = async (phone: string): Promise<void> => {
  await hub.call("POST", "/_local/inbound", { channel: "sms", from: phone, text: "Is it on its way?" });
  await hub.call("POST", "/_local/inbound", { channel: "webhook", from: "rights", text: "Hello" });
  await hub.call("POST", "/_local/inbound", { channel: "email", from: "rights@example.com", text: "Hello" });
  await hub.settle();
  const { body } = await get("/v1/conversations");
  const conversation = `/v1/conversations/${/"conversationId":"(\w+)"/.exec(JSON.stringify(body))?.[1]}`;
  const { body: mails } = await get("/v1/conversations?channel=email");
  const mailed = /"conversationId":"(\w+)"/.exec(JSON.stringify(mails))?.[1];
  expect((await get(`/v1/conversations/${mailed}/messages/1/original`)).status).toBe(200);
  expect((await get(`${conversation}/answers`)).status).toBe(200);
  const reply = await hub.call(
    "POST",
    `${conversation}/replies`,
    { text: "Since this morning." },
    { "idempotency-key": randomUUID(), "x-rapport-agent": "ada" },
  );
  expect(reply.status, JSON.stringify(reply.body)).toBe(202);
  await hub.settle();
  await get("/v1/journeys");
  await hub.call("POST", "/v1/keys", { name: "rights", scopes: ["collect"] });
  await get("/v1/people");
};

/** Whoever wrote there may be written to freely for a day. */
const answerFreely = async (from: string): Promise<void> => {
  const written = { channel: "whatsapp", provider: "whatsapp-cloud-api", from, text: "Hi" };
  await hub.call("POST", "/_local/inbound", written);
  await hub.settle();
  const asked = { to: `whatsapp:${from.slice(1)}`, category: "transactional", channel: "whatsapp" };
  await hub.send({ ...asked, content: { text: "Thank you" } }, randomUUID());
};

/** Somebody writes on the shop's own pages, and is answered there. */
const chat = async (): Promise<void> => {
  const { body } = await hub.call("POST", "/v1/chat/sessions", {});
  const session = { authorization: `Bearer ${member(body, "token")}` };
  await hub.call("POST", "/v1/chat/messages", { text: "Hello", clientId: "c1" }, session);
  await hub.call("GET", "/v1/chat/messages?after=0", undefined, session);
  await hub.settle();
  const { body: rows } = await get("/v1/conversations?channel=chat");
  const id = /"conversationId":"(\w+)"/.exec(JSON.stringify(rows))?.[1];
  const key = { "idempotency-key": randomUUID() };
  const answer = await hub.call("POST", `/v1/conversations/${id}/replies`, { text: "Yes?" }, key);
  expect(answer.body).toMatchObject({ channel: "chat" });
};

/** The browser whose keys everybody knows. */
const notifyBrowser = async (): Promise<void> => {
  const [{ address } = { address: "" }] = EXAMPLE.browsers;
  const asked = { to: `webpush:${address}`, category: "transactional", channel: "webpush" };
  await hub.send({ ...asked, content: { title: "Hi", body: "Hello" } }, randomUUID());
};

/** A system that knows somebody by a name of its own. */
const callOut = (to: string) => {
  const asked = { to: `webhook:default:${to}`, category: "transactional", channel: "webhook" };
  return hub.send({ ...asked, content: { text: "Hello" } }, randomUUID());
};

/** A system fails until what it was to be told is given up, and is then told again. */
const walkThroughWebhook = async (): Promise<void> => {
  const fault = { target: "provider:standard-webhooks", kind: "error", at: "before", for: "PT12H" };
  await hub.call("POST", "/_local/faults", fault);
  await hub.collect("track", { userId: "orders", event: "Product Added", properties: { name: "Kettle" } });
  await hub.advance("P2D");
  await hub.call("DELETE", "/_local/faults");
  await hub.call("POST", "/v1/webhooks/orders/test");
  await hub.call("POST", "/v1/webhooks/orders/replay");
  await get("/v1/webhooks");
  await hub.settle();
};

/** Somebody signs up, merges, buys, leaves a cart, clicks, unsubscribes, bounces: every function has something to do. */
const walkThroughAll = async (): Promise<void> => {
  const userId = `rights-${randomUUID()}`;
  const email = `${userId}@example.com`;
  await hub.collect("track", {
    anonymousId: userId,
    event: "Product Viewed",
    properties: { product_id: "1" },
  });
  await hub.collect("identify", { userId, traits: { firstName: "Ada" } });
  await hub.settle();
  await hub.collect("identify", { userId, anonymousId: userId, traits: { email, phone: "+12025550143" } });
  const device = { token: `token-${userId}`, type: "android" };
  await hub.collect("track", { userId, event: "Application Opened", context: { device } });
  for (const channel of ["email", "sms", "push"]) await hub.collect("track", consentTo(channel, userId));
  await hub.collect("track", { userId, event: "Signed Up" });
  await hub.settle();

  const [mail] = await hub.outbox({ to: email });
  await hub.call("GET", linkIn(mail?.html, "l"), undefined, withoutKey);
  await hub.call("GET", linkIn(mail?.html, "o"), undefined, withoutKey);
  const added = { product_id: "1", name: "Kettle", price: 40 };
  await hub.collect("track", { userId, event: "Product Added", properties: added });
  await hub.settle();
  await hub.advance("PT2H");

  const { decisionId } = await hub.decide({ customer: `userId:${userId}`, placement: "web.home.hero" });
  await hub.decision(decisionId);
  await askForSlot(userId);
  await hub.call("POST", "/v1/outcomes", { decisionId, action: "hero", outcome: "dismissed" });
  for (const [channel, content] of Object.entries({
    email: { subject: "Receipt", text: "Thank you" },
    sms: { text: "Thank you" },
    push: { title: "Thank you", body: "It is on its way" },
  })) {
    const { messageId } = await hub.send(
      { to: `userId:${userId}`, category: "transactional", channel, content },
      randomUUID(),
    );
    await hub.message(messageId);
  }
  await answerFreely("+12025550144");
  await notifyBrowser();
  await callOut("+12025550144");
  await chat();
  await hub.settle();
  const later = new Date((await hub.now()) + 600_000).toISOString();
  const asked = { category: "transactional", channel: "email", content: { subject: "Later", text: "Now" } };
  await hub.send({ ...asked, to: `email:new-${email}`, sendAt: later }, randomUUID());
  await hub.advance("PT20M");

  await hub.timeline(`userId:${userId}`);
  await hub.call("POST", linkIn(mail?.headers?.["List-Unsubscribe"], "u"), "List-Unsubscribe=One-Click", {
    ...withoutKey,
    "content-type": "application/x-www-form-urlencoded",
  });
  for (const type of ["delivered", "bounced", "complained"]) {
    await hub.call("POST", "/_local/feedback", { messageId: mail?.messageId, type });
  }
  await putOnSources({ orderId: "A-1" });
  await get("/v1/playbooks?limit=5");
  // The decision log reaches its bucket when a minute is over.
  await hub.advance("PT15M");
  const { body: live } = await get("/v1/playbooks/current");
  const { body: begun } = await hub.call("POST", `/v1/playbooks/${member(live, "version")}/simulate`, {});
  await hub.settle();
  await get(`/v1/simulations/${member(begun, "simulationId")}`);
  await hub.call("POST", "/v1/renders", {
    treatment: "welcome",
    channel: "email",
    customer: `userId:${userId}`,
  });
  await walkThroughDraft();
  await walkThroughConversation("+12025550143");
  await walkThroughWebhook();
  await get("/v1/models");
  await get("/v1/experiments");
  await get("/v1/segments");
  const send = { name: "rights", if: "true", placement: "trigger.welcome" };
  const { body: sent } = await hub.call("POST", "/v1/sends", send);
  await hub.settle();
  await get(`/v1/sends/${member(sent, "sendId")}`);
  await get("/openapi.json");
  await hub.settle();
};

beforeAll(async () => {
  cloud = await startTestCloud({
    playbook: testFiles({
      "playbook.yaml": `${TEST_FILES["playbook.yaml"]
        ?.replace("limit: 2,", "limit: 2, public: true,")
        .replace(
          "  web: {}\n",
          "  web: {}\n  chat: { provider: hub }\n  webhook: { provider: standard-webhooks }\n  webpush: { provider: web-push }\n  whatsapp: { provider: whatsapp-cloud-api }\n",
        )}`,
      "webhooks.yaml": `
orders:
  url: https://orders.example/events
  account: default
  events: [{ on: Product Added, with: { name: customer.firstName } }]
`,
      "learning.yaml": "outcomes: { clicked: 1 }\nexploration: { method: none }\n",
      "experiments.yaml": "test:\n  variants: { a: {}, b: {} }\n  goals: { Product Added: 1 }\n",
    }),
    onRequest: (request) => {
      requests.push(request);
    },
  });
  hub = hubAt(cloud.url);
  await walkThroughAll();
});

const table = (name: string): string =>
  cloud.deployment.parameters.get(`/rapport/local/tables/${name}`) ?? `there is no table ${name}`;
const BatchGet = z.object({
  RequestItems: z.record(z.string(), z.object({ ProjectionExpression: z.string().optional() })),
});

describe("least privilege", () => {
  it("leaves each function the right to everything it was seen to call", () => {
    const { byFunction } = cloud.usage.report(null);
    const missing = Object.entries(byFunction).flatMap(([name, operations]) => {
      const granted = Object.values(RIGHTS[name] ?? {}).join(", ");
      return Object.keys(operations)
        .map((operation) => ACTION_OF[operation] ?? operation)
        .filter((action) => !granted.includes(action))
        .map((action) => `${name} may not ${action}`);
    });
    expect(missing).toEqual([]);
  });

  it("was seen to be enough where it is for some items only: simulations, which lie beside the playbooks", () => {
    const runs = requests.filter(
      ({ caller, headers }) =>
        caller?.startsWith("playbook/simulat") === true &&
        /\.(PutItem|Query)$/.test(headers["x-amz-target"] ?? ""),
    );
    const onPlaybooks = runs.filter(({ body }) => body.includes(`"TableName":"${table("playbooks")}"`));
    expect(new Set(onPlaybooks.map(({ caller }) => caller))).toEqual(
      new Set(["playbook/simulate", "playbook/simulations-api"]),
    );
    const others = onPlaybooks.filter(({ body }) => !/"(pk|:pk)":\{"S":"sim_[^"]+"\}/.test(body));
    expect(others.map(({ caller, body }) => `${caller}: ${body.slice(0, 200)}`)).toEqual([]);
  });

  it("was seen to be enough where it is for some attributes only: keys of the decision log", () => {
    const WHO = ["decide/on-event", "send/api", "playbook/simulate"];
    const reads = requests.filter(
      ({ caller, headers, body }) =>
        WHO.includes(caller ?? "") &&
        headers["x-amz-target"]?.endsWith(".BatchGetItem") === true &&
        body.includes(`"${table("customers")}":`),
    );
    expect(reads.map(({ caller }) => caller)).toContain("playbook/simulate");
    for (const { body } of reads) {
      const { RequestItems } = BatchGet.parse(JSON.parse(body));
      expect(RequestItems[table("customers")]?.ProjectionExpression).toBe("pk, dataKey");
    }
  });

  it("was seen at work in every function that calls AWS", () => {
    const seen = Object.keys(cloud.usage.report(null).byFunction);
    expect(FUNCTIONS.filter((name) => !seen.includes(name))).toEqual(WITHOUT_CALLS);
  });

  it("was seen at each provider", () => {
    const { byOperation } = cloud.usage.report(null).requests.functions;
    expect(Object.keys(byOperation)).toEqual(
      expect.arrayContaining(["ses:SendEmail", "sms-voice:SendTextMessage", "mobiletargeting:SendMessages"]),
    );
  });
});
