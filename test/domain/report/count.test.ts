import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Decision } from "#domain/records/decision.ts";
import { countFacts, NOT_COUNTED, type ReportFact } from "#domain/report/count.ts";
import { type CountedRow, rowKey, sumRows } from "#domain/report/row.ts";
import { playbookOf } from "../../support/decisions/decision.ts";

const { document } = playbookOf({});
const playbook = { ...document, brand: { ...document.brand, timeZone: "America/New_York" } };
const chosen = {
  action: "tea",
  treatment: "tea-mail",
  channel: "email",
  rank: 1,
  score: 1,
  propensity: 1,
  value: 1,
  reasons: [],
  probability: 1,
};
const decision: Decision = {
  decisionId: "dec_1",
  customerId: "cus_1",
  placement: "trigger.tea",
  playbook: "pb_1",
  at: "2026-03-12T03:30:00.000Z",
  dryRun: false,
  depth: 0,
  actions: [chosen],
  rejected: [],
  checks: [],
};
const DECIDED: ReportFact = { kind: "decided", decisionId: "dec_1" };
const outcome = (name: string, more: Partial<Extract<ReportFact, { kind: "outcome" }>> = {}): ReportFact => ({
  kind: "outcome",
  decisionId: "dec_1",
  eventId: `evt_${name}`,
  action: "tea",
  outcome: name,
  at: "2026-03-12T12:00:00.000Z",
  ...more,
});
const rowOn = (day: string) =>
  ({
    kind: "choice",
    day,
    placement: "trigger.tea",
    action: "tea",
    treatment: "tea-mail",
    channel: "email",
  }) as const;

/** Counts batches one after another, as the store keeps them. */
const countAll = (
  batches: readonly (readonly ReportFact[])[],
  of: Decision = decision,
): readonly CountedRow[] => {
  let mark = NOT_COUNTED;
  const rows: CountedRow[] = [];
  for (const facts of batches) {
    const counted = countFacts(of, facts, mark, playbook);
    if (counted === null) continue;
    mark = counted.mark;
    rows.push(...counted.added);
  }
  return sumRows(rows).toSorted((a, b) => (rowKey(a.row) < rowKey(b.row) ? -1 : 1));
};

describe("a decision in the reports", () => {
  it("counts on the day that the brand's calendar shows, and what comes of it on the day it comes", () => {
    expect(countAll([[DECIDED], [outcome("sent"), outcome("clicked")]])).toEqual([
      { row: rowOn("2026-03-11"), counts: { decided: 1 } },
      { row: rowOn("2026-03-12"), counts: { sent: 1, clicked: 1 } },
    ]);
  });

  it("counts once, however often and in whatever order and company its facts come", () => {
    const facts = [
      DECIDED,
      outcome("sent"),
      outcome("delivered"),
      outcome("clicked"),
      outcome("clicked", { eventId: "evt_again" }),
      outcome("converted", { value: 19.99 }),
      outcome("converted", { eventId: "evt_second", value: 0.01 }),
    ];
    const once = countAll([facts]);
    expect(once.at(-1)?.counts).toEqual({ sent: 1, delivered: 1, clicked: 1, converted: 1, value: 200_000 });
    const told = fc.array(fc.subarray(facts, { minLength: 1 }), { maxLength: 6 });
    fc.assert(
      fc.property(told, fc.shuffledSubarray(facts, { minLength: facts.length }), (before, rest) => {
        expect(countAll([...before, ...rest.map((fact) => [fact]), facts])).toEqual(once);
      }),
    );
  });

  it("counts in one row, with all the reported segments that its customer was in", () => {
    const segments = ["buyers", "vip"];
    expect(
      countAll([[DECIDED], [outcome("sent"), DECIDED], [outcome("sent")]], { ...decision, segments }),
    ).toEqual([
      { row: { ...rowOn("2026-03-11"), segments }, counts: { decided: 1 } },
      { row: { ...rowOn("2026-03-12"), segments }, counts: { sent: 1 } },
    ]);
  });

  it("is proven by what comes of it, should nobody tell of it", () => {
    expect(countAll([[outcome("sent")]]).map(({ counts }) => counts)).toEqual([{ decided: 1 }, { sent: 1 }]);
  });

  it("was sent when it was delivered, whether its sender lived to tell or not", () => {
    expect(countAll([[outcome("delivered")]]).at(-1)?.counts).toEqual({ delivered: 1, sent: 1 });
  });

  it("counts each reason once where nobody was contacted", () => {
    const rejected = (["cap", "cap", "consent"] as const).map(
      (reason, at) =>
        ({
          action: `a${at}`,
          stage: "policy",
          reason,
          cause: { kind: "held-out" },
        }) as const,
    );
    expect(countAll([[DECIDED], [DECIDED]], { ...decision, actions: [], rejected })).toEqual([
      {
        row: { kind: "refusal", day: "2026-03-11", placement: "trigger.tea" },
        counts: { cap: 1, consent: 1 },
      },
    ]);
  });

  it("is a refusal as well where policy stopped its message when it was to leave", () => {
    const stopped = outcome("rejected", { reason: "consent" });
    expect(countAll([[DECIDED], [stopped], [stopped]])).toContainEqual({
      row: { kind: "refusal", day: "2026-03-12", placement: "trigger.tea" },
      counts: { consent: 1 },
    });
  });

  it("counts names that nobody declared together, and no outcome later than ninety days", () => {
    const names = ["misspelt", "mispelled", "whatever"].map((name) => outcome(name));
    const late = outcome("clicked", { at: "2026-06-12T03:30:00.000Z" });
    expect(countAll([[DECIDED, ...names, late]]).at(-1)?.counts).toEqual({ other: 1 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e12])("leaves out a value of %s", (value) => {
    expect(countAll([[outcome("converted", { value })]]).at(-1)?.counts).toEqual({ converted: 1 });
  });
});
