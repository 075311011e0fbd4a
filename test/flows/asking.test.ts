import { randomUUID } from "node:crypto";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { awsAt } from "../support/hub/aws-access.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { newReader } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

const HOUR = 3_600_000;
/** Wall-clock time in UTC, the brand's zone here, so many hours from now. */
const clockIn = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString().slice(11, 16);

let hub: Hub;
let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startTestCloud({
    playbook: testFiles({
      "contact-policy.yaml": `
categories:
  marketing: { consent: express }
  nightly: { consent: none }
  transactional: { consent: none, transactional: true }
quietHours:
  - { from: "${clockIn(-1)}", to: "${clockIn(3)}", categories: [nightly] }
caps:
  - { name: two a day, max: 2, window: P1D, categories: [marketing] }
coolDowns:
  - { outcome: dismissed, for: P7D }
`,
      "sources.yaml": `
foreign:
  - { configurationSet: billing, category: marketing, action: ping }
  - { channel: sms, category: marketing }
`,
      "triggers.yaml": "ping: { on: Ping }\nnotice: { on: Notice }\n",
      "data-model.yaml":
        "traits: { email: string, phone: string, firstName: string, timeZone: string }\nevents:\n  Ping: {}\n  Notice: {}\n",
      "segments.yaml": "{}\n",
      "actions/welcome.yaml": null,
      "actions/cart-reminder.yaml": null,
      "actions/order-confirmation.yaml": null,
      "actions/ping.yaml":
        "category: marketing\nplacements: [trigger.ping]\ntreatments: [{ channel: email, template: ping }]\n",
      "actions/notice.yaml":
        "category: nightly\nplacements: [trigger.notice]\ntreatments: [{ channel: email, name: notice, template: ping }]\n",
      "templates/welcome/email.html": null,
      "templates/cart-reminder/email.html": null,
      "templates/cart-reminder/sms.txt": null,
      "templates/order-confirmation/email.html": null,
      "templates/ping/email.html": "---\nsubject: News\n---\n<p>Something new.</p>\n",
      "templates/ping-code/email.html":
        "---\nsubject: Log in with {{ data.code }}\n---\n<p>{{ data.code }}</p>\n",
    }),
  });
  hub = hubAt(cloud.url);
});

const newAddress = (): string => `ask-${randomUUID()}@example.com`;
const order = (email: string) => ({
  to: `email:${email}`,
  category: "transactional",
  content: { subject: "Your code", text: "Code {{ data.code }}" },
  data: { code: "4711" },
});

describe("an application that asks for a message", () => {
  it("to an address nobody knows makes the customer and sends it once, however often it asks", async () => {
    const email = newAddress();
    const key = randomUUID();
    const first = await hub.send(order(email), key);
    expect(await hub.send(order(email), key)).toEqual(first);
    await hub.settle();
    expect(await hub.outbox({ to: email })).toMatchObject([{ subject: "Your code", text: "Code 4711" }]);
    expect((await hub.message(first.messageId)).history.map(({ status }) => status)).toEqual([
      "requested",
      "sending",
      "sent",
    ]);
    const kinds = (await hub.timeline(`email:${email}`)).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(["decision", "message"]);
    const other = { ...order(email), data: { code: "4712" } };
    const conflict = await hub.call("POST", "/v1/messages", other, { "idempotency-key": key });
    expect(conflict).toMatchObject({ status: 409, body: { code: "idempotency_conflict" } });
  });

  it("without the consent it needs is told so, and nothing leaves", async () => {
    const email = newAddress();
    const answer = await hub.send({ ...order(email), category: "marketing" }, randomUUID());
    expect(answer).toMatchObject({ status: "rejected", reasons: ["consent"] });
    await hub.settle();
    expect(await hub.outbox({ to: email })).toEqual([]);
    expect((await hub.decision(answer.decisionId)).rejected).toMatchObject([
      { action: "message", stage: "policy", reason: "consent" },
    ]);
  });

  it("for later gets it sent then, and not before", async () => {
    const email = newAddress();
    const sendAt = new Date((await hub.now()) + 2 * HOUR).toISOString();
    await hub.send({ ...order(email), sendAt }, randomUUID());
    await hub.advance("PT1H59M");
    expect(await hub.outbox({ to: email })).toEqual([]);
    await hub.advance("PT2M");
    const [mail, second] = await hub.outbox({ to: email });
    expect(second).toBeUndefined();
    const late = Date.parse(mail?.at ?? "") - Date.parse(sendAt);
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(5_000);
  });
});

describe("contact policy", () => {
  it("lets exactly two of 64 concurrent triggers through a cap of two a day", async () => {
    const { userId, email } = await newReader(hub, "ask");
    await Promise.all(Array.from({ length: 64 }, () => hub.collect("track", { userId, event: "Ping" })));
    await hub.settle();
    expect(await hub.outbox({ to: email })).toHaveLength(2);
    const timeline = await hub.timeline(`userId:${userId}`);
    const decisions = timeline.filter(({ kind }) => kind === "decision");
    expect(decisions.length).toBeGreaterThan(20);
    await hub.advance("P1D");
    await hub.collect("track", { userId, event: "Ping" });
    await hub.settle();
    expect(await hub.outbox({ to: email })).toHaveLength(3);
  });

  it("counts a bill that another system sends, once, and shows it on the timeline", async () => {
    const { userId, email } = await newReader(hub, "ask");
    const eventBridge = new EventBridgeClient(awsAt(cloud));
    const billed = async (mailId: string, configurationSet: string, eventType = "Send") => {
      const tags = { "ses:configuration-set": [configurationSet] };
      const timestamp = new Date(await hub.now()).toISOString();
      const destination = ["nobody@example.com", `Ada <${email.toUpperCase()}>`];
      const mail = { timestamp, messageId: mailId, source: "bills@shop.example", destination, tags };
      const Detail = JSON.stringify({ eventType, mail, send: {}, delivery: { timestamp } });
      const entry = { Source: "aws.ses", DetailType: "Email Sent", Detail };
      await eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
      await hub.settle();
    };
    await billed("mail-1", "billing");
    await billed("mail-1", "billing", "Delivery");
    await billed("mail-2", "somebody-elses");
    const told = (await hub.timeline(`userId:${userId}`)).filter(({ foreign }) => foreign === true);
    expect(told).toMatchObject([
      { kind: "outcome", outcome: "sent", action: "ping", channel: "email", category: "marketing" },
    ]);
    for (let times = 0; times < 3; times += 1) {
      await hub.collect("track", { userId, event: "Ping" });
      await hub.settle();
    }
    // Two a day, and the bill is one of them.
    expect(await hub.outbox({ to: email })).toHaveLength(1);
    expect((await hub.call("GET", "/v1/profiles/email:nobody@example.com")).status).toBe(404);
  });

  it("holds a message over quiet hours, where the customer is", async () => {
    const { userId, email } = await newReader(hub, "ask");
    const elsewhere = await newReader(hub, "ask");
    // Eight hours ahead of UTC: quiet hours there are over, or have not begun.
    await hub.collect("identify", { userId: elsewhere.userId, traits: { timeZone: "Asia/Shanghai" } });
    for (const one of [userId, elsewhere.userId]) {
      await hub.collect("track", { userId: one, event: "Notice" });
    }
    await hub.settle();
    const [held, free] = [email, elsewhere.email];
    expect(await hub.outbox({ to: free })).toHaveLength(1);
    expect(await hub.outbox({ to: held })).toEqual([]);
    await hub.advance("PT4H");
    expect(await hub.outbox({ to: held })).toHaveLength(1);
  });
});

describe("a page", () => {
  it("that reports a dismissal does not show the same again while it rests", async () => {
    const { userId } = await newReader(hub, "ask");
    const ask = { customer: `userId:${userId}`, placement: "web.home.hero", explain: true };
    const { decisionId, actions } = await hub.decide(ask);
    expect(actions).toMatchObject([{ action: "hero", channel: "web" }]);
    const outcome = { decisionId, action: "hero", outcome: "dismissed" };
    expect((await hub.call("POST", "/v1/outcomes", outcome)).status).toBe(202);
    await hub.settle();
    expect(await hub.decide(ask)).toMatchObject({
      actions: [],
      rejected: [{ action: "hero", stage: "policy", reason: "cool-down" }],
    });
    const told = (await hub.timeline(`userId:${userId}`)).find(({ kind }) => kind === "outcome");
    expect(told).toMatchObject({ outcome: "dismissed", action: "hero" });
    await hub.advance("P7D");
    expect((await hub.decide(ask)).actions).toMatchObject([{ action: "hero" }]);
  });

  it("without a customer we know gets an anonymous decision", async () => {
    const answer = await hub.decide({ customer: `anonymousId:${randomUUID()}`, placement: "web.home.hero" });
    expect(answer).toMatchObject({ customerId: null, actions: [{ action: "hero" }] });
  });
});

describe("a one-time code", () => {
  let numbers = 0;
  const newNumber = (): string => `+4915112${String(340_000 + numbers++)}`;
  const ask = (to: string, more: object = {}) => hub.call("POST", "/v1/otp", { to, ...more });
  const verify = async (otpId: string, code: string) => {
    const { status, body } = await hub.call("POST", "/v1/otp/verify", { otpId, code });
    return status === 200 ? (body as { valid: boolean }).valid : status;
  };
  /** Asks for one, and reads it in the message. */
  const receive = async (to: string, more: object = {}) => {
    const { status, body } = await ask(to, more);
    expect(status).toBe(202);
    await hub.settle();
    const { otpId, decisionId, messageId } = body as Record<"otpId" | "decisionId" | "messageId", string>;
    const [sent] = (await hub.outbox()).filter((one) => one.messageId === messageId);
    const code = /\b\d{4,10}\b/.exec(sent?.text ?? "")?.[0] ?? "";
    return { otpId, decisionId, messageId, code, sent };
  };

  it("comes by a decision of its own, is good once, and stands in nothing that is kept", async () => {
    const phone = newNumber();
    const { otpId, decisionId, messageId, code, sent } = await receive(`phone:${phone}`);
    expect(code).toMatch(/^\d{6}$/);
    expect(sent).toMatchObject({ channel: "sms", to: phone });
    expect(sent?.text).toBe(
      `${code} is your code for Test Shop. It is good for 10 minutes. Tell it to nobody, not even to us.`,
    );
    expect(await hub.decision(decisionId)).toMatchObject({
      placement: "api.messages",
      checks: ["address", "suppression"],
    });
    for (const path of [`/v1/messages/${messageId}`, `/v1/profiles/phone:${phone}/timeline`]) {
      expect(JSON.stringify((await hub.call("GET", encodeURI(path))).body)).not.toContain(code);
    }
    const wrong = code === "000000" ? "000001" : "000000";
    expect(await verify(otpId, wrong)).toBe(false);
    const spoken = `${code.slice(0, 3)} ${code.slice(3)}`;
    const both = await Promise.all([verify(otpId, spoken), verify(otpId, spoken)]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await verify(otpId, code)).toBe(false);
  });

  it("ends with five wrong tries, and with its time", async () => {
    const { otpId, code } = await receive(`email:${newAddress()}`, { length: 8, ttl: 120 });
    expect(code).toHaveLength(8);
    for (let tries = 0; tries < 5; tries += 1) expect(await verify(otpId, "nonsense")).toBe(false);
    const worn = await hub.call("POST", "/v1/otp/verify", { otpId, code });
    expect(worn.status).toBe(429);
    expect(Number(worn.headers.get("retry-after"))).toBeGreaterThan(0);
    const late = await receive(`email:${newAddress()}`, { ttl: "PT2M" });
    await hub.advance("PT2M");
    expect(await verify(late.otpId, late.code)).toBe(false);
    expect(await verify("otp_00000000000000000000000000", "123456")).toBe(404);
    expect(await verify("few#x", "123456")).toBe(404);
  });

  it("says what the playbook's treatment says, on the channel that was asked for", async () => {
    const { userId, email } = await newReader(hub, "otp");
    const { sent, code, otpId } = await receive(`userId:${userId}`, {
      channel: "email",
      treatment: "ping-code",
    });
    expect(sent).toMatchObject({ to: email, subject: `Log in with ${code}` });
    expect(await verify(otpId, code)).toBe(true);
    expect((await ask(`userId:${userId}`, { treatment: "nothing" })).status).toBe(400);
    const nowhere = await ask(`userId:${randomUUID()}`, { channel: "sms" });
    expect(nowhere.body).toMatchObject({ status: "rejected", reasons: ["no-address"] });
  });

  it("is braked: a few for an address, and a country's where nobody types them in", async () => {
    const same = `email:${newAddress()}`;
    const few = await Promise.all(Array.from({ length: 7 }, () => ask(same)));
    expect(few.filter(({ status }) => status === 429)).toHaveLength(2);
    const numbers = Array.from({ length: 100 }, (_, index) => `+43660${String(1_234_000 + index)}`);
    const answers = await Promise.all(numbers.map((number) => ask(`phone:${number}`)));
    const braked = answers.flatMap(({ status }, index) => (status === 429 ? [numbers[index] ?? ""] : []));
    expect(braked.length).toBeGreaterThan(50);
    // Whoever was refused became nobody, and other countries go on.
    expect((await hub.call("GET", `/v1/profiles/phone:${encodeURIComponent(braked[0] ?? "")}`)).status).toBe(
      404,
    );
    expect((await ask(`phone:${newNumber()}`)).status).toBe(202);
    expect((await ask("phone:nobody")).status).toBe(400);
    expect((await ask(same, { length: 3 })).status).toBe(400);
    expect((await ask(same, { ttl: "P1D" })).status).toBe(400);
    expect((await ask(same, { channel: "web" })).status).toBe(400);
  });
});
