import { expect, it } from "vitest";
import { listensToSent } from "#domain/outcome/listens-to.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { playbookOf } from "../../support/decisions/decision.ts";

const { learning: _, ...document } = playbookOf({}).document;
const listens = (part: object, lane: "bulk" | "transactional" = "transactional") =>
  listensToSent({ ...document, triggers: [], ...part } as PlaybookDocument, { lane });
const computed = (event: string) => ({ dataModel: { ...document.dataModel, computed: [{ event }] } });

it("a message's sending is listened to by triggers, computed traits, and models unless no choice was made", () => {
  expect(listens({}, "bulk")).toBe(false);
  expect(listens({ learning: {} }, "bulk")).toBe(true);
  expect(listens({ learning: {} })).toBe(false);
  expect(listens({ triggers: [{ on: "message.sent", unless: [] }] })).toBe(true);
  expect(listens({ triggers: [{ on: "Cart Left", unless: ["Order Completed", "message.sent"] }] })).toBe(
    true,
  );
  expect(listens({ triggers: [{ on: "Cart Left", unless: ["Order Completed"] }] })).toBe(false);
  expect(listens(computed("message.sent"))).toBe(true);
  expect(listens(computed("message.opened"))).toBe(false);
});
