import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { showReports } from "#cli/reports.ts";

let output: string[];
let asked: URL[];
beforeEach(() => {
  output = [];
  asked = [];
});
afterEach(() => vi.unstubAllGlobals());

const terminal = { environment: {}, out: (line: string) => output.push(line), error: () => {} };

const line = (key: string, day: string, counts: Record<string, number> = {}) => ({
  ...{ key, day, decided: 0, sent: 0, delivered: 0, opened: 0, clicked: 0, converted: 0, value: 0 },
  ...counts,
  outcomes: {},
});
const page = (members: Record<string, unknown>) => ({
  from: "2026-11-24",
  to: "2026-11-30",
  timeZone: "Europe/Berlin",
  items: [],
  cursor: null,
  refused: [],
  lastHour: null,
  uplift: [],
  ...members,
});

/** A hub that answers one page after another. */
const hubAnswers = (...answers: readonly { readonly status?: number; readonly body: unknown }[]): void => {
  const left = [...answers];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(new URL(url));
    const { status = 200, body } = left.shift() ?? { status: 500, body: {} };
    return new Response(JSON.stringify(body), { status });
  });
};

describe("rapport reports", () => {
  it("adds the days of each key up over all pages, most decided first", async () => {
    const first = [
      line("tea", "2026-11-30", { decided: 2, sent: 1 }),
      line("cake", "2026-11-30", { decided: 4 }),
    ];
    const second = [line("tea", "2026-11-29", { decided: 3, sent: 3, value: 10.126 })];
    hubAnswers({ body: page({ items: first, cursor: "more" }) }, { body: page({ items: second }) });
    expect(await showReports({}, terminal)).toBe(0);
    expect(output).toEqual([
      "2026-11-24 to 2026-11-30, days of Europe/Berlin",
      "      decided  sent  delivered  opened  clicked  converted  value",
      "tea         5     4          0       0        0          0  10.13",
      "cake        4     0          0       0        0          0      0",
    ]);
    expect(asked.map(({ search }) => search)).toEqual(["?limit=100", "?limit=100&cursor=more"]);
  });

  it("asks for the days and names that were given, and for no others", async () => {
    hubAnswers({ body: page({}) });
    await showReports(
      { from: "2026-11-01", to: "2026-11-30", by: "segment,action", url: "https://hub", key: "sk" },
      terminal,
    );
    expect(asked.map(String)).toEqual([
      "https://hub/v1/reports?from=2026-11-01&to=2026-11-30&by=segment%2Caction&limit=100",
    ]);
    expect(output.at(-1)).toBe("nothing was decided to be said");
  });

  it("says why nobody was contacted, each reason at its placement once", async () => {
    const refused = (day: string, reason: string, count: number) => ({
      day,
      placement: "web",
      reason,
      count,
    });
    hubAnswers(
      {
        body: page({
          refused: [refused("2026-11-30", "cap", 2), refused("2026-11-30", "rule", 1)],
          cursor: "x",
        }),
      },
      { body: page({ refused: [refused("2026-11-29", "cap", 3)] }) },
    );
    await showReports({}, terminal);
    expect(output.slice(-2)).toEqual([
      "nobody was contacted, web: cap: 5 decisions",
      "nobody was contacted, web: rule: 1 decision",
    ]);
  });

  it("tells what was gained over those who are left alone, where that is known", async () => {
    const variants = [
      { variant: "as ever", uplift: { difference: 0.0123, anytime: { low: 0.001, high: 0.02 } } },
      { variant: "early", uplift: { difference: 0.5, anytime: null } },
      { variant: "quiet", uplift: null },
    ];
    hubAnswers({ body: page({ uplift: [{ experiment: "silence", variants }] }) });
    await showReports({}, terminal);
    expect(output.slice(2)).toEqual(["silence, as ever: 0.0123 over the control (0.0010 to 0.0200)"]);
  });

  it("fails in the hub's own words", async () => {
    hubAnswers({
      status: 400,
      body: { code: "invalid_request", message: "by: expected one or two of action" },
    });
    await expect(showReports({ by: "colour" }, terminal)).rejects.toThrow(
      "by: expected one or two of action (invalid_request)",
    );
  });
});
