import { describe, expect, it } from "vitest";
import { previewPage } from "#infra/local/pages/preview-page.ts";
import { openPage } from "./open-page.ts";

const pageWith = (answers: Readonly<Record<string, unknown>>, query = "") =>
  openPage(previewPage(), answers, `/_local/preview${query}`);

const PLAYBOOK = {
  actions: [
    {
      treatments: [
        { treatment: "welcome", channel: "email" },
        { treatment: "hint", channel: "sms" },
      ],
    },
  ],
  placements: ["trigger.welcome"],
};
const RENDERED = {
  action: "welcome",
  locale: "en",
  locales: ["en", "de"],
  units: 1,
  warnings: [{ part: "html", host: "evil.example" }],
  message: { subject: "Hi <b>Ada</b>", html: "<p>Hello</p>", text: "Hello", headers: { "X-A": "b" } },
};
const DECIDED = {
  actions: [],
  rejected: [{ action: "welcome", stage: "policy", reason: "consent", detail: "Nobody said yes." }],
};
const ANSWERS = {
  "/_local/changes": { changes: 0 },
  "/v1/playbooks/current": PLAYBOOK,
  "/v1/renders": RENDERED,
  "/v1/decisions": DECIDED,
};

describe("the preview page", () => {
  it("shows a mail in a frame that may do nothing, its text, and what was left out of it", async () => {
    const { text, window } = pageWith(ANSWERS);

    await expect.poll(() => text("message")).toContain("Hi <b>Ada</b>");
    const ofFrame = (name: string) => window.eval(`document.querySelector("iframe").getAttribute("${name}")`);
    expect(ofFrame("sandbox")).toBe("");
    expect(ofFrame("srcdoc")).toBe("<p>Hello</p>");
    expect(text("message")).toContain("a link to evil.example is left out");
  });

  it("shows why nothing is said", async () => {
    const { text } = pageWith(ANSWERS);

    await expect.poll(() => text("decision")).toContain("Nothing is said");
    expect(text("decision")).toContain("policy · consent · Nobody said yes.");
  });

  it("asks for the customer, language and event of its address", async () => {
    const query = new URLSearchParams({
      customer: "userId:7",
      treatment: "hint\nsms",
      event: '{"name":"Signed Up"}',
    });
    const { asked } = pageWith(ANSWERS, `?${query}`);

    await expect.poll(() => asked.filter(({ path }) => path === "/v1/renders")).not.toEqual([]);
    expect(asked.find(({ path }) => path === "/v1/renders")?.body).toEqual({
      treatment: "hint",
      channel: "sms",
      customer: "userId:7",
      event: { name: "Signed Up" },
    });
  });

  it("asks again by itself when something has changed", async () => {
    const { asked, shown } = pageWith(ANSWERS);
    const rendered = () => asked.filter(({ path }) => path === "/v1/renders").length;
    await expect.poll(rendered).toBe(1);

    shown["/_local/changes"] = { changes: 1 };
    await expect.poll(rendered, { timeout: 5_000 }).toBe(2);
  });

  it("says what is wrong where something is", async () => {
    const { text } = pageWith({ ...ANSWERS, "/v1/renders": new Error("subject: line 1, no such filter") });

    await expect.poll(() => text("message")).toBe("subject: line 1, no such filter");
  });
});
