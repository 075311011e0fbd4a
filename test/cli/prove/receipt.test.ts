import { describe, expect, it } from "vitest";
import { type Receipt, receiptPage, withoutPersonalData } from "#cli/prove/receipt.ts";

const STEP = { name: "mail", claim: "It leaves", does: "waits", seen: "a | b", milliseconds: 12 };
const FIGURES = {
  countedBy: "somebody",
  requestsByFunctions: null,
  requestsByServices: null,
  invocations: 7,
  functionMilliseconds: 120,
  readUnits: 3.5,
  writeUnits: 4,
  dollars: 0.00012,
};
const RECEIPT: Receipt = {
  v: 1,
  release: "0.1.0",
  at: "2026-12-24T10:00:00.000Z",
  where: { kind: "aws", stage: "test", region: "eu-central-1" },
  run: "a1b2",
  steps: [{ ...STEP, ok: true }],
  requestsByCaller: 5,
  figures: FIGURES,
  beside: { at: "2026-11-30T10:00:00.000Z", figures: { ...FIGURES, requestsByFunctions: 42 } },
};

describe("a receipt", () => {
  it("tells where and when, and sets the figures beside those of the local cloud", () => {
    const page = receiptPage(RECEIPT);
    expect(page).toContain("AWS, eu-central-1, 2026-12-24");
    expect(page).toContain("| mail | It leaves | waits | a \\| b | yes | 12 |");
    expect(page).toContain("| requests of functions to AWS services | not counted | 42 |");
    expect(page).toContain("| dollars at list prices | 0.000120 | 0.000120 |");
  });

  it.each([
    [false, "NOT everything that is claimed was seen", "| NO |"],
    [null, "every step that was played saw what it claims", "| left out |"],
  ] as const)("says it where a step's verdict is %s", (ok, sentence, mark) => {
    const page = receiptPage({ ...RECEIPT, steps: [{ ...STEP, ok }] });
    expect(page).toContain(sentence);
    expect(page).toContain(mark);
  });

  it("has one column of figures where there is nothing to set beside them", () => {
    const page = receiptPage({ ...RECEIPT, beside: null, figures: null });
    expect(page).toContain("| used by the story | here |\n|---|---|\n");
    expect(page).toContain("Counted here by nobody.");
  });

  it.each([
    ["to ada.b+c@shop.example, said SES", "to <address>, said SES"],
    ["Rapport <hello@shop.example>", "Rapport <<address>>"],
    ["https://go.example.com/u/AbC_9-x is dead", "<link> is dead"],
    ["https://ab12.execute-api.eu-central-1.amazonaws.com/v1/x", "<api>"],
    ["arn:aws:sns:eu-central-1:123456789012:topic", "arn:aws:sns:eu-central-1:<account>:topic"],
    ["+4915112345678 bounced", "<phone> bounced"],
    ["sk_abcdefghijklmnopqrstuvwxyz012345 is refused", "<key> is refused"],
    ["version pb_123456789012345678901234 is live", "version pb_123456789012345678901234 is live"],
  ])("keeps nothing personal of: %s", (text, clean) => {
    expect(withoutPersonalData(text)).toBe(clean);
  });
});
