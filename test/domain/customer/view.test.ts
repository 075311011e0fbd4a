import { expect, it } from "vitest";
import { customerView } from "#domain/customer/view.ts";
import { NOW } from "../../support/customers/events.ts";
import { testFiles, testPlaybook } from "../../support/playbook/files.ts";
import { customer } from "../../support/sending/world.ts";

it("rules find dates in a list that is declared to hold some, and texts in any other", async () => {
  const visits = ["2026-01-05", "2026-02-01"];
  const model = testFiles()["data-model.yaml"] ?? "";
  const playbook = await testPlaybook({
    "data-model.yaml": model.replace(/^traits:\n/m, "traits:\n  visits: list<date>\n  pages: list\n"),
    "segments.yaml":
      'vip: list contains(customer.visits, @"2026-02-01")\nreader: list contains(customer.pages, "2026-02-01")\n',
  });
  const { state } = customer({ traits: { visits, pages: visits } });

  expect(customerView(state, playbook, NOW)).toMatchObject({ vip: true, reader: true });
});
