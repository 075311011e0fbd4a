import { beforeAll, describe, expect, it } from "vitest";
import { customerFacts } from "#domain/customer/customer-facts.ts";
import { customerView } from "#domain/customer/view.ts";
import { contentOf } from "#domain/message/content.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { toJson } from "#feel/index.ts";
import { NOW } from "../../support/customers/events.ts";
import { testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";
import { AT, customer } from "../../support/sending/world.ts";

let playbook: CompiledPlaybook;
beforeAll(async () => {
  playbook = await testPlaybook({
    "templates/welcome/email.de.html": "---\nsubject: Willkommen\n---\n<p>Hallo</p>\n",
  });
});

describe("what templates see of a customer", () => {
  it("has the same names as what rules see, and the same values", () => {
    const { state } = customer({ traits: { firstName: "Ada", age: 36, gone: null } });
    const facts = customerFacts(state, playbook.document, NOW);
    const view = toJson(customerView(state, playbook, NOW));
    expect(Object.keys(facts).toSorted()).toEqual(Object.keys(view as object).toSorted());
    expect(facts).toMatchObject({ firstName: "Ada", age: 36, orders: 0, vip: false, customerId: "cus_test" });
    expect(facts).not.toHaveProperty("gone");
  });

  it("knows the segments that the profile is in", () => {
    const { state } = customer();
    expect(customerFacts({ ...state, segments: { vip: AT } }, playbook.document, NOW).vip).toBe(true);
  });
});

describe("the content of a message", () => {
  it("is the template's, in the customer's language where there is one", () => {
    const asked = message();
    expect(contentOf(playbook.document, asked, "de-AT")).toMatchObject({
      locale: "de",
      content: { subject: "Willkommen" },
    });
    expect(contentOf(playbook.document, asked, "fr").locale).toBe("en");
    expect(contentOf(playbook.document, asked, undefined).locale).toBe("en");
  });

  it("is the caller's own when there is one", () => {
    const own = { subject: "Hi", text: "x" };
    expect(contentOf(playbook.document, message({ content: own }), "de")).toEqual({
      content: own,
      locale: "de",
    });
  });

  it("is that of a treatment asked for by name, without an action", () => {
    const { action: _none, ...asked } = message();
    expect(
      contentOf(playbook.document, { ...asked, treatment: "cart-reminder" }, undefined).content,
    ).toMatchObject({
      subject: "Your cart",
    });
  });

  it("is an error where there is nothing to say", () => {
    expect(() => contentOf(playbook.document, message({ channel: "push" }), "en")).toThrow(/welcome.*push/);
  });
});
