import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Hub } from "../../support/hub/client.ts";
import { testHub } from "../../support/hub/local-cloud.ts";
import { testFiles } from "../../support/playbook/files.ts";
import { Decision, ExplainedDecision, Message, MessageAccepted, Problem } from "./shapes.ts";

let hub: Hub;
const userId = `eve-${randomUUID()}`;
const email = `${userId}@example.com`;
const customer = `userId:${userId}`;
beforeAll(async () => {
  hub = await testHub(
    testFiles({
      "actions/second.yaml":
        'category: marketing\nplacements: [web.home.hero]\neligible: customer.firstName = "Nobody"\ntreatments: [{ channel: web, content: { headline: Second } }]\n',
      "actions/hero.yaml":
        'category: transactional\nplacements: [web.home.hero]\nvalue: 3\ntreatments: [{ channel: web, content: { headline: "Hello {{ customer.firstName }} {{ context.city }}" } }]\n',
    }),
  );
  await hub.collect("identify", { userId, traits: { email, firstName: "Eve" } });
  await hub.settle();
});

const decide = (body: unknown) => hub.call("POST", "/v1/decisions", body);
const send = (body: unknown, headers: Record<string, string> = {}) =>
  hub.call("POST", "/v1/messages", body, headers);

describe("POST /v1/decisions", () => {
  it("answers for one placement, with content, and keeps the record", async () => {
    const { status, body } = await decide({
      customer,
      placement: "web.home.hero",
      context: { city: "Bonn" },
    });
    expect(status).toBe(200);
    const decision = Decision.parse(body);
    expect(decision).toMatchObject({
      placement: "web.home.hero",
      dryRun: false,
      actions: [{ action: "hero", channel: "web", rank: 1, content: { headline: "Hello Eve Bonn" } }],
    });
    expect(decision.rejected).toBeUndefined();
    const record = await hub.call("GET", `/v1/decisions/${decision.decisionId}`);
    expect(record.status).toBe(200);
    expect(ExplainedDecision.parse(record.body)).toMatchObject({
      decisionId: decision.decisionId,
      customerId: decision.customerId,
      rejected: [{ action: "second", stage: "eligibility", reason: "rule" }],
    });
  });

  it("answers for several placements in their order", async () => {
    const placements = ["web.home.hero", "trigger.welcome"];
    const { status, body } = await decide({ customer, placements });
    expect(status).toBe(200);
    const { decisions } = z.looseObject({ decisions: z.array(Decision) }).parse(body);
    expect(decisions.map(({ placement }) => placement)).toEqual(placements);
  });

  it("explains when asked, limits, and keeps nothing of a dry run", async () => {
    const { body } = await decide({
      customer,
      placement: "web.home.hero",
      limit: 1,
      dryRun: true,
      explain: true,
    });
    const decision = ExplainedDecision.parse(body);
    expect(decision.dryRun).toBe(true);
    expect(decision.actions).toHaveLength(1);
    expect((await hub.call("GET", `/v1/decisions/${decision.decisionId}`)).status).toBe(404);
  });

  it.each([
    ["no placement", { customer }],
    [
      "both placement and placements",
      { customer, placement: "web.home.hero", placements: ["web.home.hero"] },
    ],
    ["no customer", { placement: "web.home.hero" }],
    ["an unknown placement", { customer, placement: "nowhere" }],
    ["a limit of 0", { customer, placement: "web.home.hero", limit: 0 }],
    ["a list", []],
  ])("refuses %s", async (_what, body) => {
    const answer = await decide(body);
    expect([answer.status, Problem.parse(answer.body).code]).toEqual([400, "invalid_request"]);
  });

  it("has no record of an unknown id", async () => {
    expect(await hub.call("GET", "/v1/decisions/dec_nothing")).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
  });
});

describe("POST /v1/outcomes", () => {
  it("takes what came of an action, and the timeline shows it", async () => {
    const decision = await hub.decide({ customer, placement: "web.home.hero" });
    const outcome = { decisionId: decision.decisionId, action: "hero", outcome: "converted", value: 12.5 };
    expect((await hub.call("POST", "/v1/outcomes", outcome)).status).toBe(202);
    await hub.settle();
    expect(await hub.timeline(customer)).toContainEqual(
      expect.objectContaining({ kind: "outcome", outcome: "converted", action: "hero" }),
    );
  });

  it("refuses what is none and knows which decisions there were", async () => {
    const unknown = { decisionId: "dec_nothing", action: "hero", outcome: "converted" };
    expect(await hub.call("POST", "/v1/outcomes", unknown)).toMatchObject({ status: 404 });
    expect(await hub.call("POST", "/v1/outcomes", { action: "hero" })).toMatchObject({
      status: 400,
      body: { code: "invalid_request" },
    });
  });
});

describe("POST /v1/messages", () => {
  const content = {
    subject: "Hi {{ data.name }}",
    text: "Hello {{ data.name }}",
    html: "<p>{{ data.name }}</p>",
  };

  it("sends content to a known customer and shows what became of it", async () => {
    const answer = await send({
      to: customer,
      category: "transactional",
      channel: "email",
      content,
      data: { name: "<Eve>" },
    });
    expect(answer.status).toBe(202);
    const accepted = MessageAccepted.parse(answer.body);
    expect(accepted).toMatchObject({ status: "requested", reasons: [] });
    await hub.settle();
    const [mail] = await hub.outbox({ messageId: accepted.messageId });
    expect(mail).toMatchObject({
      to: email,
      subject: "Hi <Eve>",
      text: expect.stringContaining("Hello <Eve>"),
    });
    expect(mail?.html).toContain("&lt;Eve&gt;");
    const shown = await hub.call("GET", `/v1/messages/${accepted.messageId}`);
    expect(Message.parse(shown.body)).toMatchObject({
      channel: "email",
      category: "transactional",
      status: "sent",
    });
    expect((await hub.call("GET", `/v1/decisions/${accepted.decisionId}`)).status).toBe(200);
  });

  it("makes the customer when there is none, and sends by the template of a treatment", async () => {
    const to = `new-${randomUUID()}@example.com`;
    const answer = await send({
      to: `email:${to}`,
      category: "transactional",
      treatment: "order-confirmation",
    });
    expect(MessageAccepted.parse(answer.body).status).toBe("requested");
    await hub.settle();
    expect(await hub.outbox({ to })).toHaveLength(1);
    expect((await hub.profile(`email:${to}`)).identifiers).toContainEqual({ type: "email", value: to });
  });

  it("says which policy rejected a message, and keeps it", async () => {
    const answer = await send({ to: customer, category: "marketing", channel: "email", content });
    expect(answer.status).toBe(202);
    const { messageId, status, reasons } = MessageAccepted.parse(answer.body);
    expect([status, reasons]).toEqual(["rejected", ["consent"]]);
    expect(Message.parse((await hub.call("GET", `/v1/messages/${messageId}`)).body).status).toBe("rejected");
  });

  it("waits until sendAt", async () => {
    const to = `later-${randomUUID()}@example.com`;
    const sendAt = new Date((await hub.now()) + 3_600_000).toISOString();
    await send({ to: `email:${to}`, category: "transactional", channel: "email", content, sendAt });
    await hub.advance("PT59M");
    expect(await hub.outbox({ to })).toHaveLength(0);
    await hub.advance("PT2M");
    expect(await hub.outbox({ to })).toHaveLength(1);
  });

  it("answers the same for the same Idempotency-Key, 409 for another body, and forgets after 24 h", async () => {
    const key = { "idempotency-key": randomUUID() };
    const body = { to: customer, category: "transactional", channel: "email", content };
    const first = await send(body, key);
    const again = await send({ content, channel: "email", category: "transactional", to: customer }, key);
    expect(again).toMatchObject({ status: 202, body: first.body });
    const { messageId } = MessageAccepted.parse(first.body);
    await hub.settle();
    expect(await hub.outbox({ messageId })).toHaveLength(1);
    expect(await send({ ...body, data: { other: true } }, key)).toMatchObject({
      status: 409,
      body: { code: "idempotency_conflict" },
    });
    await hub.advance("PT24H");
    const later = await send({ ...body, data: { other: true } }, key);
    expect(later.status).toBe(202);
    expect(MessageAccepted.parse(later.body).messageId).not.toBe(messageId);
  });

  it.each([
    ["no recipient", { category: "transactional", content }],
    ["an unknown category", { to: customer, category: "gossip", content }],
    ["neither treatment nor content", { to: customer, category: "transactional" }],
    ["an unknown treatment", { to: customer, category: "transactional", treatment: "nothing" }],
    [
      "a line break in the subject",
      {
        to: customer,
        category: "transactional",
        content: { ...content, subject: "a\r\nBcc: b@example.com" },
      },
    ],
    ["an address that is none", { to: "email:nobody", category: "transactional", content }],
    ["a time that is none", { to: customer, category: "transactional", content, sendAt: "tomorrow" }],
  ])("refuses %s", async (_what, body) => {
    const answer = await send(body);
    expect([answer.status, Problem.parse(answer.body).code]).toEqual([400, "invalid_request"]);
  });

  it("knows no message of another id", async () => {
    expect(await hub.call("GET", "/v1/messages/msg_nothing")).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
  });
});
