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
type Outcome = Extract<ReportFact, { kind: "outcome" }>;
const outcome = (name: string, more: Partial<Outcome> = {}): Outcome => ({
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

/** Counts batches one after another, as the store keeps them, without saying when within the day. */
const countAll = (...given: Parameters<typeof sliced>): readonly CountedRow[] =>
  sliced(...given).map(({ row, counts }) => ({ row, counts }));

const sliced = (
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

  it("counts in the ten minutes in which it happened, once, and nothing that no last hour is asked for", () => {
    const at = "2026-03-12T04:05:00.000Z";
    const facts = [DECIDED, outcome("delivered", { at }), outcome("converted", { at, value: 3 })];
    const [first, second] = sliced([facts, facts, [outcome("sent", { at })]]);
    const slice = (time: string) => String(Date.parse(time) / 600_000);
    expect(first?.slices).toEqual({ [slice("2026-03-12T03:30:00Z")]: { decided: 1 } });
    expect(second?.slices).toEqual({ [slice("2026-03-12T04:00:00Z")]: { delivered: 1, sent: 1 } });
    expect(second?.counts).toEqual({ delivered: 1, sent: 1, converted: 1, value: 30_000 });
  });

  it("counts names that nobody declared together, and no outcome later than ninety days", () => {
    const names = ["misspelt", "mispelled", "whatever"].map((name) => outcome(name));
    const late = outcome("clicked", { at: "2026-06-12T03:30:00.000Z" });
    expect(countAll([[DECIDED, ...names, late]]).at(-1)?.counts).toEqual({ other: 1 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e12])("leaves out a value of %s", (value) => {
    expect(countAll([[outcome("converted", { value })]]).at(-1)?.counts).toEqual({ converted: 1 });
  });

  it("counts what comes up to the ninetieth day, and up to a value of a milliard", () => {
    const last = outcome("clicked", { at: "2026-06-10T03:30:00.000Z" });
    expect(countAll([[DECIDED, last]]).at(-1)?.counts).toEqual({ clicked: 1 });
    const beyond = outcome("clicked", { at: "2026-06-10T03:30:00.001Z" });
    expect(countAll([[DECIDED, beyond]]).at(-1)?.counts).toEqual({ decided: 1 });
    const worth = (value: number) => countAll([[outcome("converted", { value })]]).at(-1)?.counts.value;
    expect([worth(1e9), worth(-1e9), worth(1e9 + 0.5)]).toEqual([1e13, -1e13, undefined]);
  });

  it("adds up fifty values of one choice and no more", () => {
    const facts = Array.from({ length: 52 }, (_, at) =>
      outcome("converted", { eventId: `evt_${at}`, value: 1 }),
    );
    expect(countAll(facts.map((fact) => [fact])).at(-1)?.counts.value).toBe(500_000);
  });

  it("knows the action of an outcome that names none only where one alone was chosen", () => {
    const { action: _, ...nameless } = outcome("clicked");
    expect(countAll([[nameless]]).at(-1)?.counts).toEqual({ clicked: 1 });
    const two = { ...decision, actions: [chosen, { ...chosen, action: "cake" }] };
    expect(countAll([[nameless]], two).map(({ counts }) => counts)).toEqual([{ decided: 1 }, { decided: 1 }]);
    expect(countAll([[outcome("clicked", { action: "cake" })]], two).at(-1)).toMatchObject({
      row: { action: "cake" },
      counts: { clicked: 1 },
    });
    expect(countAll([[outcome("clicked", { action: "bread" })]]).map(({ counts }) => counts)).toEqual([
      { decided: 1 },
    ]);
  });

  it("is no refusal where something else has a reason, or a stop has none", () => {
    const facts = [outcome("failed", { reason: "no such box" }), outcome("rejected")];
    expect(countAll([facts]).filter(({ row }) => row.kind === "refusal")).toEqual([]);
  });

  it("that refused nobody adds nothing, and its mark counts its writes", () => {
    const nobody = { ...decision, actions: [] };
    const first = countFacts(nobody, [DECIDED], NOT_COUNTED, playbook);
    expect(first).toEqual({ mark: { version: 1, decided: true, actions: {} }, added: [] });
    const again = countFacts(
      decision,
      [outcome("sent")],
      { ...NOT_COUNTED, version: 4, decided: true },
      playbook,
    );
    expect(again?.mark.version).toBe(5);
  });

  it("and a refusal on the same day and placement are rows of their own", () => {
    const refusal = { row: { kind: "refusal", day: "d", placement: "p" }, counts: { cap: 1 } } as const;
    const choice = { row: { ...rowOn("d"), placement: "p" }, counts: { decided: 1 } } as const;
    expect(sumRows([refusal, choice, refusal, choice])).toEqual([
      { ...refusal, counts: { cap: 2 } },
      { ...choice, counts: { decided: 2 } },
    ]);
    expect(sumRows([choice, { ...choice, row: { ...choice.row, action: "cake" } }])).toHaveLength(2);
  });
});
