import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { memoryDraftStore } from "#adapters/memory/draft-store.ts";
import { memoryPlaybookStore } from "#adapters/memory/playbook-store.ts";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { newDraft } from "#domain/draft/draft.ts";
import { operations } from "#functions/playbook/render/operations.ts";
import { renderCalls } from "#functions/playbook/render/renders.ts";
import type { JsonObject } from "#kernel/json.ts";
import { failedTests } from "#runtime/rehearsal/required.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { keepPlaybook } from "#usecases/draft/keep-playbook.ts";
import { identify } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { callerOf } from "../../support/handlers/requests.ts";
import { TEST_FILES, testFiles, testPlaybook } from "../../support/playbook/files.ts";
import { retailPlaybook } from "../../support/playbook/retail.ts";

const playbook = await retailPlaybook();
const profiles = memoryProfiles(playbook);
await applyGroup(profiles.dependencies, {
  v: 1,
  group: "u",
  events: [identify({ firstName: "Ada", email: "ada@shop.example", locale: "de" }, { userId: "u1" })],
});
const { customers, clock } = profiles.dependencies;
const [drafts, store] = [memoryDraftStore(), memoryPlaybookStore()];
const call = callerOf(
  operations,
  renderCalls({
    customers,
    clock,
    playbooks: { current: async () => playbook, get: async () => playbook },
    drafts,
    store,
  }),
);
const render = async (body: JsonObject) => {
  const { status, json } = await call("POST /v1/renders", { body });
  expect(status).toBe(200);
  return z.parse(operations.renderTreatment.answers[200], json);
};

describe("POST /v1/renders", () => {
  it("shows a mail as the customer would get it, in the customer's language", async () => {
    const { message, locale, locales } = await render({
      treatment: "welcome",
      channel: "email",
      customer: "userId:u1",
    });

    expect(locale).toBe("de");
    expect(locales.toSorted()).toEqual(["de", "en"]);
    expect(message).toMatchObject({ to: "ada@shop.example", subject: expect.stringContaining("Ada") });
    expect(String(message.html)).toContain("Schön, dass Sie da sind");
  });

  it("shows it in another language, and for somebody of whom nothing is known", async () => {
    const wish = { treatment: "welcome", channel: "email" };

    expect((await render({ ...wish, customer: "userId:u1", locale: "en" })).locale).toBe("en");
    const { message, locale } = await render(wish);
    expect(locale).toBe("en");
    expect(message.subject).toBe("Welcome to Tamarack & Finch");
  });

  it("shows somebody of whom nothing is known as the empty customer, whose defaults and counts templates have", async () => {
    const files = testFiles({
      "templates/hello/email.txt":
        "---\nsubject: Hi\n---\n{{ customer.plan }} {{ customer.orders }} {{ customer.vip }}",
      "actions/hello.yaml":
        "category: transactional\nplacements: [trigger.welcome]\ntreatments: [{ channel: email }]\n",
      "data-model.yaml": (TEST_FILES["data-model.yaml"] ?? "").replace(
        "traits:",
        "traits:\n  plan: { type: string, default: basic }",
      ),
    });
    const small = await testPlaybook(files);
    const playbooks = { current: async () => small, get: async () => small };
    const showing = callerOf(operations, renderCalls({ customers, clock, playbooks, drafts, store }));
    const { json } = await showing("POST /v1/renders", { body: { treatment: "hello", channel: "email" } });

    expect(z.parse(operations.renderTreatment.answers[200], json).message.text).toContain("basic 0 false");
  });

  it("shows a text message with the event that brings it, and how many parts it has", async () => {
    const { message, units } = await render({
      treatment: "order-shipped",
      channel: "sms",
      event: { name: "Order Shipped", order_id: "A-77", carrier: "DHL" },
    });

    expect(String(message.text)).toContain("A-77");
    expect(units).toBe(message.parts);
  });

  it("shows what a page would be given", async () => {
    const { message } = await render({ treatment: "hero-new-roast", channel: "web", locale: "de" });

    expect(Object.values(message).every((value) => typeof value === "string")).toBe(true);
    expect(JSON.stringify(message)).not.toContain("{{");
  });

  it("makes links that lead nowhere: nobody unsubscribes anybody by a preview", async () => {
    const { message } = await render({ treatment: "welcome", channel: "email", customer: "userId:u1" });

    expect(JSON.stringify(message.headers)).toContain("https://preview.invalid/u");
  });

  it("renders every treatment of the retail playbook", async () => {
    const treatments = playbook.document.actions.flatMap((action) => action.treatments);
    expect(treatments.length).toBeGreaterThan(20);
    for (const { name, channel } of treatments) {
      const event = { name: "Order Completed", order_id: "1", products: [], total: 1 };
      expect((await render({ treatment: name, channel, event })).treatment).toBe(name);
    }
  });

  it("shows a draft with what stands in the editor and is not saved, and what is wrong with it", async () => {
    const kept = await keepPlaybook({ playbooks: store, renderMjml, failedTests, clock }, testFiles());
    const act = { by: { id: "k", name: "ann" }, at: "2026-11-21T10:00:00.000Z" };
    const begun = newDraft({ draftId: "dft_1", name: "Words", base: kept.version }, act);
    await drafts.save(begun, { added: {}, dropped: [] });
    const wish = { draft: "dft_1", treatment: "welcome", channel: "email" };
    const path = "templates/welcome/email.html";
    const unsaved = { [path]: "---\nsubject: Hello {{ customer.firstName }}!\n---\n<p>New words</p>\n" };

    const { message } = await render({ ...wish, unsaved, customer: "userId:u1" });
    expect(message.subject).toBe("Hello Ada!");
    expect((await render(wish)).message.subject).not.toBe("Hello !");
    const wrong = { ...wish, unsaved: { [path]: "---\nsubject: a\n---\n{% if %}" } };
    await expect(call("POST /v1/renders", { body: wrong })).rejects.toMatchObject({
      code: "playbook_invalid",
      extra: { errors: [{ file: path, line: 4 }] },
    });
  });

  it.each([
    [{ treatment: "no-such", channel: "email" }, "invalid_request", "a treatment of the playbook"],
    [{ treatment: "welcome", channel: "sms" }, "invalid_request", "one of the treatment's: email"],
    [{ treatment: "welcome", channel: "email", customer: "userId:nobody" }, "not_found", "no such customer"],
    [{ channel: "email" }, "invalid_request", "treatment"],
  ])("refuses %j and says why", async (body, code, told) => {
    await expect(call("POST /v1/renders", { body })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(told),
    });
  });
});
