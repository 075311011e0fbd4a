import { randomUUID } from "node:crypto";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, it } from "vitest";
import type { AwsRequest } from "#infra/local/aws/protocol.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { awsAt } from "../support/hub/aws-access.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { linkIn } from "../support/hub/links.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { openedLog } from "../support/hub/opened-log.ts";
import { found, PERSON } from "../support/hub/secret-person.ts";
import { testFiles } from "../support/playbook/files.ts";

const requests: AwsRequest[] = [];
let cloud: LocalCloud;
let hub: Hub;

const without = { authorization: "" };
const form = { ...without, "content-type": "application/x-www-form-urlencoded" };

const becomeKnown = async (): Promise<void> => {
  const { userId, anonymousId } = PERSON;
  const traits = {
    email: PERSON.email,
    phone: PERSON.phone,
    firstName: PERSON.firstName,
    lastName: PERSON.lastName,
    address: { street: PERSON.street, city: PERSON.city },
  };
  const context = { device: { token: PERSON.deviceToken, type: "android" }, ip: "203.0.113.7" };
  await hub.collect("page", { anonymousId, name: PERSON.note, properties: { title: PERSON.note } });
  await hub.collect("identify", { userId, traits: { note: PERSON.note } });
  await hub.settle();
  await hub.collect("identify", { userId, anonymousId, traits, context });
  for (const channel of ["email", "sms", "push"]) {
    const properties = {
      channel,
      topic: "marketing",
      status: "granted",
      kind: "express",
      source: PERSON.note,
    };
    await hub.collect("track", { userId, event: "Consent Changed", properties });
  }
  await hub.collect("track", { userId, event: "Signed Up", properties: { note: PERSON.note } });
  await hub.collect("track", { userId, event: "Product Added", properties: { name: PERSON.note, price: 3 } });
  await hub.settle();
  const affiliation = `for ${PERSON.email} (${PERSON.phone}), that is ${PERSON.firstName}`;
  await hub.collect("track", { userId, event: "Order Completed", properties: { total: 9, affiliation } });
};

const askForAll = async (): Promise<void> => {
  const to = `userId:${PERSON.userId}`;
  for (const [channel, content] of Object.entries({
    email: { subject: `For ${PERSON.firstName}`, text: PERSON.note },
    sms: { text: PERSON.note },
    push: { title: PERSON.firstName, body: PERSON.note },
  })) {
    const order = { to, category: "transactional", channel, content, data: { note: PERSON.note } };
    await hub.message((await hub.send(order, randomUUID())).messageId);
  }
  await hub.settle();
  await hub.advance("PT2H");
  const later = new Date((await hub.now()) + 600_000).toISOString();
  const address = { to: `email:new-${PERSON.email}`, category: "transactional", channel: "email" };
  await hub.send({ ...address, content: { subject: "x", text: PERSON.note }, sendAt: later }, randomUUID());
  await hub.advance("PT20M");
  const caller = `${PERSON.firstName} ${PERSON.lastName}, ${PERSON.phone}`;
  const page = `https://shop.example/?email=${encodeURIComponent(PERSON.email)}&to=${PERSON.userId}`;
  const context = { note: PERSON.note, page, caller, [PERSON.email]: 1 };
  const { decisionId } = await hub.decide({
    customer: to,
    placement: "web.home.hero",
    context,
    explain: true,
  });
  await hub.call("POST", "/v1/outcomes", { decisionId, action: "hero", outcome: "dismissed" });
  for (const ref of [to, `email:${PERSON.email}`, `phone:${PERSON.phone}`]) {
    await hub.profile(ref);
    await hub.timeline(ref);
  }
};

const answerMail = async (): Promise<void> => {
  const [mail] = (await hub.outbox({ to: PERSON.email })).filter(({ subject }) =>
    subject?.startsWith("Welcome"),
  );
  const browser = { ...without, "user-agent": `Browser of ${PERSON.lastName}` };
  await hub.call("GET", linkIn(mail?.html, "l"), undefined, browser);
  await hub.call("GET", linkIn(mail?.html, "o"), undefined, browser);
  const done = await hub.call("POST", linkIn(mail?.headers?.["List-Unsubscribe"], "u"), "x=1", form);
  await hub.call("POST", linkIn(String(done.body), "p"), `allow=${encodeURIComponent(PERSON.email)}`, form);
  for (const { messageId, channel } of await hub.outbox()) {
    if (channel === "push") continue;
    for (const type of ["delivered", "bounced"]) {
      await hub.call("POST", "/_local/feedback", { messageId, type });
    }
  }
  await hub.call("POST", "/_local/feedback", { messageId: mail?.messageId, type: "complained" });
  await hub.settle();
};

/** The code that a message brought, and how it is said right and wrong. */
let oneTimeCode = "";
const logIn = async (): Promise<void> => {
  const { body } = await hub.call("POST", "/v1/otp", { to: `phone:${PERSON.phone}`, length: 10 });
  await hub.settle();
  const texts = await hub.outbox({ to: PERSON.phone });
  oneTimeCode = texts.flatMap(({ text }) => /\b\d{10}\b/.exec(text)?.[0] ?? [])[0] ?? "";
  for (const code of [PERSON.phone, oneTimeCode, oneTimeCode]) {
    await hub.call("POST", "/v1/otp/verify", { otpId: (body as { otpId: string }).otpId, code });
  }
};

/** Every call there is, with personal data wherever a caller can put some. */
const callAll = async (): Promise<void> => {
  const { body } = await hub.call("GET", "/openapi.json");
  const { paths } = body as { paths: Record<string, Record<string, unknown>> };
  for (const [path, methods] of Object.entries(paths)) {
    const filled = path.replace(/\{[^}]+\}/g, encodeURIComponent(PERSON.email));
    for (const method of Object.keys(methods)) {
      const given = ["get", "head"].includes(method)
        ? undefined
        : { ...PERSON, customer: `email:${PERSON.email}` };
      await hub.call(
        method.toUpperCase(),
        `${filled}?ref=email:${PERSON.email}&cursor=${PERSON.phone}`,
        given,
      );
    }
  }
};

/** What goes wrong is what gets logged. */
const goWrong = async (): Promise<void> => {
  const secret = JSON.stringify({ ...PERSON });
  await callAll();
  // Pages are in no document.
  await hub.call("GET", `/console/customers?ref=email:${PERSON.email}`, undefined, without);
  await hub.call("POST", "/v1/track", `{"userId": "${PERSON.userId}", `);
  await hub.call("POST", "/v1/identify", { userId: { [PERSON.email]: PERSON.note }, traits: PERSON.note });
  await hub.call("GET", `/v1/nowhere/${PERSON.email}?q=${PERSON.phone}`);
  await hub.call("GET", `/v1/profiles/email:unknown-${PERSON.email}`);
  await hub.call("GET", `/l/${PERSON.email}`, undefined, without);
  await hub.call("POST", "/v1/messages", { to: `email:${PERSON.note}`, category: PERSON.note });
  await hub.call("POST", "/v1/decisions", { customer: `email:${PERSON.email}`, placement: PERSON.note });
  await hub.call("POST", "/v1/outcomes", { decisionId: PERSON.email, action: PERSON.note, outcome: "x" });
  await hub.call("POST", "/v1/playbooks", { files: { "playbook.yaml": secret } });
  const sqs = new SQSClient(awsAt(cloud));
  for (const { name, url, fifo } of cloud.deployment.queues.filter((queue) => queue.redrive !== null)) {
    const group = fifo ? { MessageGroupId: "leak", MessageDeduplicationId: randomUUID() } : {};
    for (const body of [secret, `${PERSON.email} is not JSON (${name})`]) {
      await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, ...group }));
    }
  }
  const events = new EventBridgeClient(awsAt(cloud));
  const entry = {
    EventBusName: "rapport-local-sources",
    Source: "shop",
    DetailType: "Shipped",
    Detail: secret,
  };
  await events.send(new PutEventsCommand({ Entries: [entry] }));
  const order = { to: `userId:${PERSON.userId}`, category: "transactional", channel: "sms" };
  const refused = { text: `${PERSON.note} {{ data.missing | nonsense }}` };
  await hub.call("POST", "/v1/messages", { ...order, content: refused });
  const endless = { text: `${PERSON.note} {% for i in (1..99999999) %}x{% endfor %}` };
  await hub.send({ ...order, content: endless }, randomUUID());
  for (const name of cloud.functions.filter((one) => one !== "collect/http")) {
    cloud.faults.add({ target: "dynamodb:GetItem", function: name, kind: "error", at: "before", times: 6 });
  }
  await hub.call("GET", `/v1/profiles/email:${PERSON.email}`);
  await hub.collect("track", { userId: PERSON.userId, event: "Order Completed", properties: { total: 1 } });
  await hub.advance("PT5M");
  cloud.faults.clear();
  await hub.advance("PT5M");
};

beforeAll(async () => {
  cloud = await startTestCloud({
    playbook: testFiles(CURIOUS),
    onRequest: (request) => {
      requests.push(request);
    },
  });
  hub = hubAt(cloud.url);
  await becomeKnown();
  await askForAll();
  await logIn();
  await answerMail();
  await goWrong();
});

/** Rules read whatever callers say, so that the log keeps as much as it ever does. */
const CURIOUS = {
  "data-model.yaml": String(testFiles()["data-model.yaml"])
    .replace("firstName: string", "firstName: &name { type: string, personal: true }\n  lastName: *name")
    .replace("order_id: string", "order_id: string, affiliation: string"),
  "webhooks.yaml": `
orders:
  url: https://orders.example/events
  account: default
  identifiers: [userId, email]
  events: [{ on: Order Completed, with: { name: customer.firstName, note: event.affiliation } }]
`,
  "actions/hero.yaml": `
category: marketing
placements: [web.home.hero]
eligible: context != null
treatments: [{ channel: web, content: { headline: "Hello {{ customer.firstName }}" } }]
`,
};

const operationOf = ({ headers }: AwsRequest): string => headers["x-amz-target"] ?? "";
const queueOf = ({ body }: AwsRequest): string => /"QueueUrl":"[^"]*\/([^"/]+)"/.exec(body)?.[1] ?? "";
/** Inbox and dead letters may hold what was collected (docs/data-map.md). */
const mayHoldPeople = (queue: string): boolean => queue.includes("inbox") || /-dlq(\.fifo)?$/.test(queue);
const decoded = (body: string): string =>
  [...body.matchAll(/"Data":"([A-Za-z0-9+/=]+)"/g)]
    .map(([, data]) => Buffer.from(data ?? "", "base64").toString("utf8"))
    .join("\n");

describe("what a customer types, through every function and its failures,", () => {
  it("went all the way", async () => {
    const seen = Object.keys(cloud.usage.report(null).functions).toSorted();
    expect(seen).toEqual(cloud.functions.toSorted());
    expect((await hub.outbox()).map(({ channel }) => channel)).toEqual(
      expect.arrayContaining(["email", "sms", "push"]),
    );
    expect(requests.some(({ body }) => found(body).length > 3)).toBe(true);
  });

  it("is in no log line, and there are lines of failures", () => {
    const lines = cloud.logs.lines();
    expect(lines.filter(({ line }) => line.includes('"ERROR"')).length).toBeGreaterThan(5);
    const leaks = lines.filter(({ line }) => found(line).length > 0);
    expect(leaks.map(({ function: name, line }) => `${name}: ${line.slice(0, 300)}`)).toEqual([]);
  });

  it("is in no metric", () => {
    expect(found(JSON.stringify(cloud.metrics.list()))).toEqual([]);
  });

  it("is in no event that we put on a bus", () => {
    const published = requests.filter((request) => operationOf(request) === "AWSEvents.PutEvents");
    expect(published.length).toBeGreaterThan(5);
    expect(published.flatMap(({ body }) => found(body))).toEqual([]);
  });

  it("is in no group id, and in no queue but the inbox and dead letters", () => {
    const sent = requests.filter((request) => operationOf(request).startsWith("AmazonSQS.SendMessage"));
    const groups = sent.flatMap(({ body }) =>
      [...body.matchAll(/"MessageGroupId":"([^"]+)"/g)].map(([, id]) => id),
    );
    expect(groups.length).toBeGreaterThan(5);
    expect(found(groups.join("\n"))).toEqual([]);
    expect(
      sent.filter((request) => !mayHoldPeople(queueOf(request))).flatMap(({ body }) => found(body)),
    ).toEqual([]);
  });

  it("is in nothing else that leaves a function, but for tables, those queues and providers", () => {
    const others = requests.filter((request) => {
      const operation = operationOf(request);
      if (/^DynamoDB_|^AmazonSQS\.|^PinpointSMSVoice/.test(operation)) return false;
      // Mail and push go by paths, not by targets.
      return operation !== "";
    });
    expect(others.length).toBeGreaterThan(0);
    const leaks = others.filter(({ body }) => found(body).length > 0 || found(decoded(body)).length > 0);
    expect(leaks.map(operationOf)).toEqual([]);
  });

  it("is in no record of the decision log once it is opened, but for what means nobody", async () => {
    const records = await openedLog(cloud, requests);
    const placements = new Set(records.map(({ decision }) => decision.placement));
    expect([...placements]).toEqual(
      expect.arrayContaining(["api.messages", "trigger.order-confirmed", "trigger.welcome", "web.home.hero"]),
    );
    const masked = new Set(records.flatMap((record) => record.masked ?? []));
    expect([...masked]).toEqual(
      expect.arrayContaining(["context.caller", "context.page", "customer.email", "event.affiliation"]),
    );
    const leaks = records.flatMap((record) => found(JSON.stringify(record)));
    // A text that neither names nor reaches anybody is what rules decide on.
    expect(leaks.filter((secret) => secret !== PERSON.note)).toEqual([]);
  });

  it("is, as a one-time code, in nothing but the request to the provider", async () => {
    expect(oneTimeCode).toMatch(/^\d{10}$/);
    const holding = requests.filter(
      ({ body }) => body.includes(oneTimeCode) || decoded(body).includes(oneTimeCode),
    );
    expect(holding.map((request) => operationOf(request).split(".")[0])).toEqual(["PinpointSMSVoiceV2"]);
    expect(cloud.logs.lines().filter(({ line }) => line.includes(oneTimeCode))).toEqual([]);
    const records = await openedLog(cloud, requests);
    expect(records.filter((record) => JSON.stringify(record).includes(oneTimeCode))).toEqual([]);
  });

  it("is in no key of the look-up items: they are keyed hashes", () => {
    const keys = requests
      .filter((request) => operationOf(request).startsWith("DynamoDB_"))
      .flatMap(({ body }) => [...body.matchAll(/"pk":\{"S":"([is]#[^"]+)"/g)].map(([, key]) => key));
    expect(keys.some((key) => key?.startsWith("i#"))).toBe(true);
    expect(keys.some((key) => key?.startsWith("s#"))).toBe(true);
    expect(found(keys.join("\n"))).toEqual([]);
  });
});
