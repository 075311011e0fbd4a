import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../../support/hub/client.ts";
import { testHub } from "../../support/hub/local-cloud.ts";
import { kindsOf, newCustomer, newReader } from "../../support/hub/people.ts";
import { expectProblem } from "../../support/hub/problem.ts";
import { testFiles } from "../../support/playbook/files.ts";

const form = { authorization: "", "content-type": "application/x-www-form-urlencoded" };

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(testFiles());
});

describe("a message", () => {
  const content = { subject: "Hello", text: "Hello" };
  const refusals: readonly (readonly [what: string, body: Record<string, unknown>])[] = [
    ["with treatment and content", { content, treatment: "welcome" }],
    ["with neither treatment nor content", {}],
    ["of an unknown category", { content, category: "spam" }],
    ["on an unknown channel", { content, channel: "pigeon" }],
    ["of an unknown treatment", { treatment: "none" }],
    ["to an undeclared identifier", { content, to: "passport:1" }],
    ["to what is no address", { content, to: "email:not an address" }],
    ["at no time", { content, sendAt: "tomorrow" }],
    ["with two lines of subject", { content: { ...content, subject: "Hi\r\nBcc: all@example.com" } }],
    ["without a subject", { content: { text: "Hello" }, channel: "email" }],
    ["with half a megabyte of data", { content, data: { note: "x".repeat(500_000) } }],
    ["with data deeper than 64", { content, data: JSON.parse(`${'{"a":'.repeat(70)}1${"}".repeat(70)}`) }],
    ["of text that is no Liquid", { content: { ...content, text: "{% for" } }],
  ];
  it.each(refusals)("%s is refused with 400, and nothing is decided", async (_what, members) => {
    const { userId, email } = await newCustomer(hub, "bad");
    const body = { to: `userId:${userId}`, category: "transactional", channel: "email", ...members };
    expectProblem(await hub.call("POST", "/v1/messages", body), 400, "invalid_request");
    await hub.settle();
    expect(await kindsOf(hub, userId)).toEqual(["event"]);
    expect(await hub.outbox({ to: email })).toEqual([]);
  });

  it("to a customer who does not exist is 404", async () => {
    const body = { to: "cus_nobody", category: "transactional", channel: "email", content };
    expectProblem(await hub.call("POST", "/v1/messages", body), 404, "not_found");
  });

  it("under a key used for another is 409, and the first one stands alone", async () => {
    const { userId, email } = await newCustomer(hub, "bad");
    const body = { to: `userId:${userId}`, category: "transactional", channel: "email", content };
    const key = { "idempotency-key": randomUUID() };
    expect((await hub.call("POST", "/v1/messages", body, key)).status).toBe(202);
    const other = { ...body, content: { ...content, text: "Something else" } };
    expectProblem(await hub.call("POST", "/v1/messages", other, key), 409, "idempotency_conflict");
    await hub.settle();
    expect(await hub.outbox({ to: email })).toMatchObject([{ text: "Hello" }]);
  });

  it.each([
    ["loops without end", { text: "{% for i in (1..100000000) %}x{% endfor %}" }],
    ["loops in loops", { text: "{% for i in (1..9999) %}{% for j in (1..9999) %}{% endfor %}{% endfor %}" }],
  ])("whose template %s fails with the reason, and nothing leaves", async (_what, members) => {
    const { userId, email } = await newCustomer(hub, "bad");
    const { messageId } = await hub.send(
      {
        to: `userId:${userId}`,
        category: "transactional",
        channel: "email",
        content: { subject: "Hello", ...members },
      },
      randomUUID(),
    );
    await hub.settle();
    const { status, history } = await hub.message(messageId);
    expect(status).toBe("failed");
    expect(history.at(-1)?.reason).toMatch(/^template: /);
    expect(await hub.outbox({ to: email })).toEqual([]);
  });

  it("whose subject takes a line break from its data leaves with one line, to nobody else", async () => {
    const { userId, email } = await newCustomer(hub, "bad");
    const subject = { subject: "Hi {{ data.name }}", text: "Hello" };
    await hub.send(
      {
        to: `userId:${userId}`,
        category: "transactional",
        channel: "email",
        content: subject,
        data: { name: "Ada\r\nBcc: all@example.com" },
      },
      randomUUID(),
    );
    await hub.settle();
    expect(await hub.outbox({ to: email })).toMatchObject([{ subject: "Hi Ada Bcc: all@example.com" }]);
    expect(await hub.outbox({ to: "all@example.com" })).toEqual([]);
  });

  it("shows markup in a trait as text, and holds up no one behind it", async () => {
    const { userId, email } = await newCustomer(hub, "bad", { firstName: "<script>alert(1)</script>" });
    const html = "<p>Hello {{ customer.firstName }}</p>";
    await hub.send(
      {
        to: `userId:${userId}`,
        category: "transactional",
        channel: "email",
        content: { subject: "Hello", html },
      },
      randomUUID(),
    );
    await hub.settle();
    const [mail] = await hub.outbox({ to: email });
    expect(mail?.html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(mail?.html).not.toContain("<script>");
  });
});

describe("a link", () => {
  it("that nobody signed, or that was changed, does nothing and says so", async () => {
    const { userId, email } = await newCustomer(hub, "bad");
    await hub.collect("track", { userId, event: "Order Completed", properties: { order_id: "1", total: 3 } });
    await hub.settle();
    const [mail] = await hub.outbox({ to: email });
    const token = /\/o\/([^"\s<>]+)/.exec(mail?.html ?? "")?.[1] ?? "";
    const middle = Math.floor(token.length / 2);
    const changed = `${token.slice(0, middle)}${token[middle] === "A" ? "B" : "A"}${token.slice(middle + 1)}`;
    const before = await kindsOf(hub, userId);
    for (const kind of ["l", "o", "u", "p"]) {
      // A token of another kind opens nothing either.
      const wrong = kind === "o" ? [changed, "x"] : [changed, "x", token];
      for (const forged of wrong) {
        expect((await hub.call("GET", `/${kind}/${forged}`, undefined, form)).status).toBe(404);
      }
    }
    for (const kind of ["u", "p"]) {
      expect((await hub.call("POST", `/${kind}/${changed}`, "allow=", form)).status).toBe(404);
    }
    await hub.settle();
    expect(token).not.toBe("");
    expect(await kindsOf(hub, userId)).toEqual(before);
  });

  it("that is past its time says so with 410", async () => {
    const { userId, email } = await newReader(hub, "bad");
    await hub.collect("track", { userId, event: "Signed Up" });
    await hub.settle();
    const [mail] = await hub.outbox({ to: email });
    const unsubscribe = new URL(/<([^>]+)>/.exec(mail?.headers?.["List-Unsubscribe"] ?? "")?.[1] ?? "")
      .pathname;
    const done = await hub.call("POST", unsubscribe, "List-Unsubscribe=One-Click", form);
    const preferences = new URL(/href="([^"]+\/p\/[^"]+)"/.exec(String(done.body))?.[1] ?? "").pathname;
    expect((await hub.call("GET", preferences, undefined, form)).status).toBe(200);
    await hub.advance("P2D");
    expect((await hub.call("GET", preferences, undefined, form)).status).toBe(410);
    expect((await hub.call("POST", preferences, "allow=email|marketing", form)).status).toBe(410);
  });
});
