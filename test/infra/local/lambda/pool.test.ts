import { describe, expect, it } from "vitest";
import { isKeptWarm } from "#infra/local/lambda/pool.ts";

describe("a function's thread", () => {
  it.each([
    ["warm", "on an event's way, where somebody waits", "collect/http", 1_024, true],
    ["warm", "on the way of an answer", "decide/api", 1_769, true],
    [
      "started when asked",
      "for who writes playbooks, however much it was given",
      "playbook/api",
      1_769,
      false,
    ],
    ["started when asked", "for simulating", "playbook/simulate", 1_769, false],
    ["started when asked", "of a function that was given little", "profile/api", 512, false],
  ])("is %s %s (%s)", (_is, _why, label, memoryMegabytes, kept) => {
    expect(isKeptWarm({ label, memoryMegabytes })).toBe(kept);
  });
});
