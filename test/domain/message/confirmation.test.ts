import { expect, it } from "vitest";
import { confirmationMessage } from "#domain/message/confirmation.ts";
import { testFiles, testPlaybook } from "../../support/playbook/files.ts";

it("asks to confirm in the customer's language, in words and titles that the playbook may add to", async () => {
  const files = testFiles();
  const { document } = await testPlaybook({
    "contact-policy.yaml": (files["contact-policy.yaml"] ?? "").replace(
      "consent: express",
      "consent: express, titles: { en: News, sv: Nyheter, da: Nyheder }",
    ),
    "playbook.yaml": (files["playbook.yaml"] ?? "").replace(
      "  postal",
      "  words: { da: { askSubject: 'Bekræft {brand}', asked: '{topics} fra {brand}?' } }\n  postal",
    ),
  });
  const asked = (locale?: string) =>
    confirmationMessage(document, { channel: "email", topics: ["marketing"] }, locale);
  expect(asked("sv-SE")).toMatchObject({
    content: { subject: "Bekräfta att {{ brand.name }} får skriva till dig" },
    data: { topics: "Nyheter" },
  });
  const danish = asked("da");
  expect(danish.content).toMatchObject({ subject: "Bekræft {{ brand.name }}" });
  expect(danish.content.text).toMatch(/^\{\{ data\.topics \}\} fra \{\{ brand\.name \}\}\?\n\nIf it was you/);
  expect(danish.data.topics).toBe("Nyheder");
  expect(asked("pl").content).toMatchObject({ subject: expect.stringMatching(/^Please confirm/) });
});
