import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub, OutboxItem } from "../support/hub/client.ts";
import { linkIn } from "../support/hub/links.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { consentTo } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(testFiles());
});

const person = () => `flow-${randomUUID()}`;

const signUp = async (userId: string, traits: Record<string, unknown> = {}) => {
  const email = `${userId}@example.com`;
  await hub.collect("identify", { userId, traits: { email, firstName: "Ada", ...traits } });
  await hub.collect("track", consentTo("email", userId));
  await hub.collect("track", { userId, event: "Signed Up" });
  await hub.settle();
  return email;
};

const onlyMail = async (to: string): Promise<OutboxItem> => {
  const mails = await hub.outbox({ to });
  expect(mails).toHaveLength(1);
  const [mail] = mails;
  if (mail === undefined) throw new Error("no mail");
  return mail;
};

describe("somebody who signs up with consent", () => {
  it("gets one personal mail, with text, unsubscribe headers and signed links", async () => {
    const email = await signUp(person());
    const mail = await onlyMail(email);
    expect(mail.subject).toBe("Welcome, Ada");
    expect(mail.html).toContain("Hello Ada");
    expect(mail.text).toContain("Hello Ada");
    expect(mail.headers?.["List-Unsubscribe"]).toMatch(/^<https?:\/\/[^>]+\/u\/[^>]+>/);
    expect(mail.headers?.["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
    expect(mail.html).not.toContain('href="https://shop.example/start"');
  });

  it("is sent on when they click, and the timeline tells the whole story", async () => {
    const userId = person();
    const mail = await onlyMail(await signUp(userId));
    const click = await hub.call("GET", linkIn(mail.html, "l"), undefined, { authorization: "" });
    expect(click.status).toBe(302);
    expect(click.headers.get("location")).toBe("https://shop.example/start");
    await hub.settle();

    const timeline = await hub.timeline(`userId:${userId}`);
    expect(timeline.map((item) => item.kind)).toEqual(
      expect.arrayContaining(["event", "decision", "message", "outcome"]),
    );
    expect(timeline.find((item) => item.kind === "outcome")).toMatchObject({ outcome: "clicked" });
    const times = timeline.map((item) => item.at);
    expect(times).toEqual([...times].sort().reverse());
  });

  it("who unsubscribes with one click gets no more marketing, but still the order confirmation", async () => {
    const userId = person();
    const email = await signUp(userId);
    const mail = await onlyMail(email);
    const unsubscribe = linkIn(mail.headers?.["List-Unsubscribe"], "u");

    const shown = await hub.call("GET", unsubscribe, undefined, { authorization: "" });
    expect(shown.status).toBe(200);
    const before = await hub.profile(`userId:${userId}`);
    expect(before.consent).toContainEqual(expect.objectContaining({ channel: "email", status: "granted" }));

    const acted = await hub.call("POST", unsubscribe, "List-Unsubscribe=One-Click", {
      authorization: "",
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(acted.status).toBe(200);
    await hub.collect("track", { userId, event: "Signed Up", messageId: randomUUID() });
    // What waits of one customer is applied together: the welcome is to be decided before there is an order.
    await hub.settle();
    await hub.collect("track", {
      userId,
      event: "Order Completed",
      properties: { order_id: "A-1", total: 30 },
    });
    await hub.settle();

    const mails = await hub.outbox({ to: email });
    expect(mails.map((item) => item.subject).sort()).toEqual(["Order A-1", "Welcome, Ada"]);
    const decisions = (await hub.timeline(`userId:${userId}`)).filter(
      (item) => item.kind === "decision" && item.placement === "trigger.welcome",
    );
    const last = await hub.decision(String(decisions[0]?.decisionId));
    expect(last.rejected).toContainEqual(expect.objectContaining({ action: "welcome", reason: "consent" }));
  });

  it("with markup in their name reads it as text", async () => {
    const email = await signUp(person(), { firstName: "<script>alert(1)</script>" });
    const mail = await onlyMail(email);
    expect(mail.html).not.toContain("<script>");
    expect(mail.html).toContain("&lt;script&gt;");
  });
});

describe("somebody without consent", () => {
  it("gets no marketing, and the decision says why", async () => {
    const userId = person();
    await hub.collect("identify", { userId, traits: { email: `${userId}@example.com` } });
    await hub.collect("track", { userId, event: "Signed Up" });
    await hub.settle();
    expect(await hub.outbox({ to: `${userId}@example.com` })).toEqual([]);
    const [decision] = (await hub.timeline(`userId:${userId}`)).filter((item) => item.kind === "decision");
    const { rejected } = await hub.decision(String(decision?.decisionId));
    expect(rejected).toContainEqual({
      ...rejected[0],
      action: "welcome",
      stage: "policy",
      reason: "consent",
    });
  });
});
