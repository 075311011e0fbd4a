import { JSDOM } from "jsdom";
import { expect, it } from "vitest";
import { smsSize } from "#channels/sms/size.ts";
import { mailPage, outboxPage } from "#infra/local/pages/outbox-page.ts";

const ALL = { channel: null, message: null };
const AT = "2026-11-30T08:00:00.000Z";
const SENT = {
  channel: "email",
  provider: "test",
  to: "kim@example.com",
  from: "shop@example.com",
  subject: "Hi",
  text: "Hello",
  messageId: "msg_1",
  function: "send/email",
  providerMessageId: "p_1",
  at: AT,
};

it("should show a mail without the picture that counts its opening", () => {
  const html =
    '<p>Hi <img src="https://cdn.example/o/a.png"></p><img src="https://hub.example/o/AB-c_1" alt="">!';
  expect(mailPage({ ...SENT, html })).toBe('<p>Hi <img src="https://cdn.example/o/a.png"></p>!');
});

it("should show how many parts a text message is sent in, and why", () => {
  const text = "Czesć";
  const page = outboxPage([{ ...SENT, text, size: smsSize(text) }], ALL, Date.parse(AT));
  expect(page).toContain("1 of UCS-2, 5 characters, for ć");
});

it("should show what became of a message, and which links were left out of it", async () => {
  const page = new JSDOM(outboxPage([SENT], ALL, Date.parse(AT)), {
    url: "http://127.0.0.1:4000/_local/",
    runScripts: "dangerously",
    pretendToBeVisual: true,
  });
  const { window } = page;
  const history = [
    { status: "sent", at: AT, warnings: [{ code: "link-left-out", part: "html", host: "<b>evil.example" }] },
  ];
  window.eval(`window.fetch = async (path) =>
    ({ json: async () => (path === "/v1/messages/msg_1" ? { history: ${JSON.stringify(history)} } : {}) });`);
  window.eval(`document.querySelector("details").dispatchEvent(new Event("toggle"))`);
  const shown = () => window.eval(`document.querySelector("details > ul")?.textContent`);
  await expect.poll(shown).toBe("2026-11-30 08:00:00 · sent · html: a link to <b>evil.example was left out");
  window.close();
});
