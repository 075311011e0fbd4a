import { describe, expect, it } from "vitest";
import type { CountedRow } from "#domain/report/row.ts";
import { linesOf, refusalsOf } from "#domain/report/table.ts";

const choice = (
  action: string,
  segments: readonly string[] | undefined,
  counts: Record<string, number>,
): CountedRow => ({
  row: {
    kind: "choice",
    day: "2026-11-30",
    placement: "web",
    action,
    treatment: `${action}-mail`,
    channel: "email",
    ...(segments === undefined ? {} : { segments }),
  },
  counts,
});
const ROWS: readonly CountedRow[] = [
  choice("tea", ["buyers", "vip"], { decided: 2, clicked: 1, value: 50_000 }),
  choice("tea", ["vip"], { decided: 1 }),
  choice("tea", undefined, { decided: 4 }),
  choice("cake", ["buyers"], { decided: 8 }),
  { row: { kind: "refusal", day: "2026-11-30", placement: "web" }, counts: { cap: 16 } },
];
const decidedBy = (...by: Parameters<typeof linesOf>[1]): Record<string, number> =>
  Object.fromEntries(linesOf(ROWS, by).map(({ key, decided }) => [key, decided]));

describe("a report", () => {
  it("by segment counts a choice in each that its customer was in, and no other", () => {
    expect(decidedBy("segment")).toEqual({ buyers: 10, vip: 3 });
  });

  it("by segment and another name keeps both apart, in the order they were asked for", () => {
    expect(decidedBy("segment", "action")).toEqual({ "buyers,cake": 8, "buyers,tea": 2, "vip,tea": 3 });
    expect(decidedBy("action", "segment")).toEqual({ "cake,buyers": 8, "tea,buyers": 2, "tea,vip": 3 });
  });

  it("by anything else counts each choice once, whatever its segments", () => {
    expect(decidedBy("action")).toEqual({ tea: 7, cake: 8 });
    expect(decidedBy("channel", "placement")).toEqual({ "email,web": 15 });
  });

  it("names the segment, and what came of the choices", () => {
    expect(linesOf(ROWS, ["segment"])[0]).toEqual({
      key: "buyers",
      day: "2026-11-30",
      segment: "buyers",
      decided: 10,
      sent: 0,
      delivered: 0,
      opened: 0,
      clicked: 1,
      converted: 0,
      value: 5,
      outcomes: {},
    });
  });

  it("begins with the newest day, and orders each day by key, whatever else came of it beside the usual", () => {
    const on = (day: string, action: string, counts: Record<string, number>): CountedRow => {
      const { row } = choice(action, undefined, {});
      return { row: { ...row, day }, counts };
    };
    const lines = linesOf(
      [
        on("2026-11-29", "tea", { decided: 1 }),
        on("2026-11-30", "tea", { sent: 3, bounced: 2, accepted: 1 }),
        on("2026-11-30", "cake", { opened: 5 }),
        on("2026-11-30", "bread", {}),
        on("2026-12-01", "tea", { delivered: 4 }),
      ],
      ["action"],
    );
    expect(lines.map(({ day, key }) => `${day} ${key}`)).toEqual([
      "2026-12-01 tea",
      "2026-11-30 bread",
      "2026-11-30 cake",
      "2026-11-30 tea",
      "2026-11-29 tea",
    ]);
    expect(lines[1]).toMatchObject({ decided: 0, sent: 0, opened: 0, value: 0, outcomes: {} });
    expect(Object.entries(lines[3]?.outcomes ?? {})).toEqual([
      ["accepted", 1],
      ["bounced", 2],
    ]);
  });

  it("says why nobody was contacted, newest day first, then by placement and reason", () => {
    const refused = (day: string, placement: string, counts: Record<string, number>): CountedRow => ({
      row: { kind: "refusal", day, placement },
      counts,
    });
    const rows = [
      refused("2026-11-29", "a", { cap: 1 }),
      refused("2026-11-30", "b", { consent: 2, cap: 3 }),
      refused("2026-11-30", "a", { quiet: 4 }),
      ...ROWS.slice(0, 1),
    ];
    expect(
      refusalsOf(rows).map(({ day, placement, reason, count }) => [day, placement, reason, count]),
    ).toEqual([
      ["2026-11-30", "a", "quiet", 4],
      ["2026-11-30", "b", "cap", 3],
      ["2026-11-30", "b", "consent", 2],
      ["2026-11-29", "a", "cap", 1],
    ]);
  });
});
