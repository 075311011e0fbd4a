import { expect, it } from "vitest";
import { outcomeEvent } from "#domain/outcome/outcome-event.ts";
import { message } from "../../support/sending/message.ts";

it("an outcome of a message enters the inbox as an event of its customer, one step deeper", () => {
  const at = "2026-03-11T11:00:00.000Z";
  const about = { message: message(), name: "message.clicked", at, receivedAt: at } as const;
  const event = outcomeEvent(about);

  expect(event).toMatchObject({
    type: "outcome",
    name: "message.clicked",
    customerId: about.message.customerId,
    properties: { messageId: about.message.messageId, outcome: "clicked" },
    imported: false,
    depth: about.message.depth + 1,
  });
  expect(outcomeEvent(about).id).toBe(event.id);
  expect(outcomeEvent({ ...about, occurrence: "second" }).id).not.toBe(event.id);
});

it("an outcome names the action and the treatment of its message where it has them", () => {
  const at = "2026-03-11T11:00:00.000Z";
  const of = (more: { readonly action?: string; readonly treatment?: string }) => {
    const { action: _, treatment: __, ...plain } = message();
    return outcomeEvent({ message: { ...plain, ...more }, name: "message.sent", at, receivedAt: at })
      .properties;
  };
  expect(of({ action: "tea", treatment: "tea-mail" })).toMatchObject({
    action: "tea",
    treatment: "tea-mail",
  });
  expect(of({})).not.toHaveProperty("action");
  expect(of({})).not.toHaveProperty("treatment");
});
