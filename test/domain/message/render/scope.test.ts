import { describe, expect, it } from "vitest";
import { scopeOf } from "#domain/message/render/scope.ts";
import { testPlaybook } from "../../../support/playbook/files.ts";

const { document } = await testPlaybook({
  "data-model.yaml": "events:\n  Seen: { note: string, count: number }\n",
  "segments.yaml": "{}\n",
  "triggers.yaml": "{}\n",
  "actions/welcome.yaml": null,
  "actions/cart-reminder.yaml": null,
  "actions/order-confirmation.yaml": null,
  "actions/hero.yaml": null,
  "templates/welcome/email.html": null,
  "templates/cart-reminder/email.html": null,
  "templates/cart-reminder/sms.txt": null,
  "templates/order-confirmation/email.html": null,
});
const ODD = { note: "https://evil.example/win", count: 2, undeclared: "x" };
const scope = (event: object, standing?: "public" | "proven") =>
  scopeOf(
    {
      channel: "email",
      event: { ...event, ...ODD },
      data: ODD,
      ...(standing === undefined ? {} : { standing }),
    },
    {},
    document,
  );

describe("what Liquid sees of a message", () => {
  it("is what the company, or the customer with a proof, said, as it was said", () => {
    for (const standing of [undefined, "proven"] as const)
      expect(scope({ name: "Seen" }, standing)).toEqual({
        customer: {},
        event: { name: "Seen", ...ODD },
        data: ODD,
        context: { channel: "email" },
      });
  });

  it("is less of what a public key said", () => {
    const { event, data } = scope({ name: "Seen" }, "public");
    expect(event).not.toEqual({ name: "Seen", ...ODD });
    expect(data).not.toEqual(ODD);
    expect(data).toMatchObject({ count: 2 });
  });

  it("is what was said where it was about no event", () => {
    expect(scope({}, "public")).toMatchObject({ event: ODD, data: ODD });
    expect(scope({ name: 7 }, "public")).toMatchObject({ data: ODD });
    expect(scopeOf({ channel: "sms", data: {} }, {}, document).event).toEqual({});
  });
});
