import { describe, expect, it } from "vitest";
import { closedEverywhere } from "#usecases/converse/closed.ts";
import { customer, NOON } from "../../support/decisions/decision.ts";
import { TEST_FILES, testPlaybook } from "../../support/playbook/files.ts";

const FILES = {
  "playbook.yaml": (TEST_FILES["playbook.yaml"] ?? "").replace(
    "  web: {}\n",
    "  web: {}\n  whatsapp: { provider: whatsapp-cloud-api }\n",
  ),
  "actions/late.yaml":
    "category: transactional\nplacements: [trigger.welcome]\ntreatments: [{ channel: whatsapp, name: sorry }]\n",
  "templates/sorry/whatsapp.yaml":
    'template: { name: sorry, language: en, body: "We are late, {{1}}.", parameters: ["{{ brand.name }}"] }\n',
};

describe("a refusal of free words", () => {
  it("brings the words of what may be said in their place, as the customer would read them", async () => {
    const playbook = await testPlaybook(FILES);
    const closed = [
      { channel: "whatsapp", reason: "window", treatments: ["sorry"] },
      { channel: "sms", reason: "no-address" },
    ];
    const error = closedEverywhere(closed, { playbook, record: customer({}), now: NOON });
    expect(error).toMatchObject({ code: "channel_closed", status: 422 });
    const text = `We are late, ${playbook.document.brand.name}.`;
    expect(error.extra?.channels).toEqual([
      { ...closed[0], offers: [{ treatment: "sorry", text }] },
      closed[1],
    ]);
  });
});
