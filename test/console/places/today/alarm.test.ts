import { describe, expect, it } from "vitest";
import { isAddress, readAlarm } from "#console/places/today/alarm.ts";

describe("an alarm as people read it", () => {
  const about = "E-mails stay away. Runbook: docs/runbook/send-email-dead-letter.md";

  it("is what customers suffer, why it went off, and the page that says what to do", () => {
    const alarm = {
      name: "rapport-prod-send-email-dead-letter",
      about,
      reason: `3 lie there, lately stuck. ${about}`,
    };
    expect(readAlarm(alarm)).toEqual({
      name: "send-email-dead-letter",
      impact: "E-mails stay away.",
      runbook: "docs/runbook/send-email-dead-letter.md",
      reason: "3 lie there, lately stuck.",
    });
  });

  it("stays one sentence where somebody else wrote it, and leads to web addresses alone", () => {
    expect(readAlarm({ name: "ours", about: "Look at it", reason: "" })).toEqual({
      name: "ours",
      impact: "Look at it",
      runbook: null,
      reason: "",
    });
    expect(["https://wiki.example/a", "docs/a.md", "javascript:alert(1)"].map(isAddress)).toEqual([
      true,
      false,
      false,
    ]);
  });
});
