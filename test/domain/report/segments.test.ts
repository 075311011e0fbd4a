import { describe, expect, it } from "vitest";
import { toLogRecord } from "#domain/decision-log/record.ts";
import { replay } from "#domain/decision-log/replay.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { reportedSegments } from "#domain/report/segments.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { action, customer, decideFor, playbookOf } from "../../support/decisions/decision.ts";
import { testFiles } from "../../support/playbook/files.ts";

const segments = [
  { name: "vip", condition: "true", report: true },
  { name: "lapsed", condition: "true" },
  { name: "buyers", condition: "true", report: true },
] as const;
const within = (...names: string[]) => {
  const record = customer();
  const kept = Object.fromEntries(names.map((name) => [name, "2026-01-01T00:00:00.000Z"]));
  return { ...record, state: { ...record.state, segments: kept } };
};

describe("the segments that a decision is reported by", () => {
  it("are those that the playbook reports and the customer is in, by name", () => {
    expect(reportedSegments({ segments }, within("vip", "lapsed", "buyers"))).toEqual({
      segments: ["buyers", "vip"],
    });
  });

  it.each([
    ["in none that is reported", within("lapsed")],
    ["in none at all", within()],
    ["nobody knows", null],
  ])("are none for whoever is %s, and take no room in the record", (_who, record) => {
    expect(reportedSegments({ segments }, record)).toEqual({});
  });

  it("stand in the record, and in that of a replay, as they were then", () => {
    const playbook = playbookOf({ actions: [action("cart")], segments: [...segments] });
    const { decision, basis } = decideFor(playbook, { record: within("vip", "lapsed") });
    expect(decision.segments).toEqual(["vip"]);
    const again = replay(toLogRecord(decision, basis), playbook).decision;
    expect(JSON.stringify(again)).toBe(JSON.stringify(decision));
  });

  it("are few: a playbook that reports more is refused where the first too many stands", async () => {
    const errorsOf = async (count: number) => {
      const lines = Array.from(
        { length: count },
        (_, at) => `s${at}: { condition: customer.age > ${at}, report: true }`,
      );
      const files = testFiles({ "segments.yaml": lines.join("\n") });
      return (await parsePlaybook(files, async () => ({ html: "", problems: [] }))).errors;
    };
    expect(await errorsOf(BOUNDS.reportedSegments)).toEqual([]);
    expect(await errorsOf(BOUNDS.reportedSegments + 1)).toMatchObject([
      { file: "segments.yaml", line: 6, code: "too-many", expected: "at most 5" },
    ]);
  });
});
