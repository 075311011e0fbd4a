import { Liquid } from "liquidjs";
import { describe, expect, it } from "vitest";
import { testRequest } from "#console/places/playbook/test-request.ts";

describe("a test of a template", () => {
  it("is asked for as a transactional message that says it is a test, and is rendered once only", async () => {
    const shown = {
      subject: "Hi {{ customer.email }}",
      html: "<p>{% raw %}{{{ x }}}</p>",
      text: "{{ '{{' }}",
    };
    const { to, category, content } = testRequest(shown, {
      channel: "email",
      to: " me@shop.example ",
      mark: "[Test]",
    });
    expect({ to, category }).toEqual({ to: "email:me@shop.example", category: "transactional" });
    const liquid = new Liquid();
    const rendered = await Promise.all(
      [content?.subject, content?.html, content?.text].map((text) => liquid.parseAndRender(text ?? "")),
    );
    expect(rendered).toEqual([`[Test] ${shown.subject}`, shown.html, shown.text]);
  });

  it("says so in its text where it has no subject", () => {
    const { to, content } = testRequest(
      { text: "Hello" },
      { channel: "sms", to: "+4915112345678", mark: "[Test]" },
    );
    expect({ to, content }).toEqual({ to: "phone:+4915112345678", content: { text: "[Test] Hello" } });
  });
});
