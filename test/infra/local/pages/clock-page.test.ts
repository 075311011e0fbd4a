import { expect, it } from "vitest";
import { clockPage } from "#infra/local/pages/clock-page.ts";
import { openPage } from "./open-page.ts";

const BEFORE = "2026-11-30T12:00:00.000Z";

it("turns the clock by a day, and shows what fell due since", async () => {
  const later = "2026-11-30T14:00:00.000Z";
  const of = (placement: string, at: string) => ({
    decisionId: placement,
    customerId: "cus_1",
    placement,
    at,
    actions: [],
    messages: [],
  });
  const page = openPage(
    clockPage(Date.parse(BEFORE)),
    {
      "/_local/clock": { now: BEFORE, fired: 2 },
      "/_local/decisions?": {
        items: [of("trigger.cart", later), of("trigger.old", "2026-11-29T12:00:00.000Z")],
      },
      "/_local/outbox?limit=50": { items: [] },
    },
    "/_local/time",
  );
  page.window.eval(`document.querySelector("button[data-length=P1D]").click()`);
  await expect.poll(() => page.text("outcome")).toContain("Nothing went out.");
  expect(page.asked.map(({ body }) => body)).toContainEqual({ advance: "P1D" });
  expect(page.text("outcome")).toContain("2 things fell due.");
  expect(page.text("outcome")).toContain("trigger.cart: nothing is said");
  expect(page.text("outcome")).not.toContain("trigger.old");
});
