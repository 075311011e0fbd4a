import { describe, expect, it } from "vitest";
import { journeyPlaybook } from "../../support/journeys/playbook.ts";
import { virtualHub } from "../../support/journeys/virtual.ts";

const ENTER = "enter: { on: Signed Up }";
const REST = "rest: { wait: P20D }\nend: { wait: P30D }";

type Edit = {
  readonly what: string;
  readonly before: string;
  readonly after: string | null;
  readonly head?: string;
  /** Where a run is, three days in, once the change reached it; and when something happens next. */
  readonly at: string;
  readonly due?: string;
  /** No other step follows. */
  readonly isAlone?: true;
};

/** The table of docs/journeys.md, row by row and for every kind of step that a run rests at. Somebody comes in on 2 March. */
const EDITS: readonly Edit[] = [
  {
    what: "a wait is shortened, not over",
    before: "a: { wait: P10D, next: rest }",
    after: "a: { wait: P5D, next: rest }",
    at: "a",
    due: "2026-03-07",
  },
  {
    what: "a wait is shortened, over already",
    before: "a: { wait: P10D, next: rest }",
    after: "a: { wait: P2D, next: rest }",
    at: "rest",
    due: "2026-03-25",
  },
  {
    what: "a wait is lengthened",
    before: "a: { wait: P5D, next: rest }",
    after: "a: { wait: P10D, next: rest }",
    at: "a",
    due: "2026-03-12",
  },
  {
    what: "a time limit is shortened",
    before: "a: { waitFor: Product Viewed, within: P10D, otherwise: rest }",
    after: "a: { waitFor: Product Viewed, within: P2D, otherwise: rest }",
    at: "rest",
  },
  {
    what: "a time limit is lengthened",
    before: "a: { waitFor: Product Viewed, within: P5D, otherwise: rest }",
    after: "a: { waitFor: Product Viewed, within: P9D, otherwise: rest }",
    at: "a",
    due: "2026-03-11",
  },
  {
    what: "a moment moves nearer",
    before: "a: { waitUntil: customer.renewal, next: rest }",
    after: 'a: { waitUntil: customer.renewal - @"P30D", next: rest }',
    at: "a",
    due: "2026-03-16",
  },
  {
    what: "a moment that is over now",
    before: "a: { waitUntil: customer.renewal, next: rest }",
    after: 'a: { waitUntil: customer.renewal - @"P60D", next: rest }',
    at: "rest",
  },
  {
    what: "a moment that there is not any more",
    before: "a: { waitUntil: customer.renewal, next: end }",
    after: "a: { waitUntil: customer.signed, next: end, otherwise: rest }",
    at: "rest",
  },
  {
    what: "another event is waited for",
    before: "a: { waitFor: Product Viewed, next: end }",
    after: "a: { waitFor: Order Completed, within: P9D, next: end, otherwise: rest }",
    at: "a",
    due: "2026-03-11",
  },
  {
    what: "a wait becomes a branch",
    before: "a: { wait: P10D, next: end }",
    after: "a: { branch: [{ if: customer.orders > 0, next: end }], otherwise: rest }",
    at: "rest",
  },
  {
    what: "a wait becomes a split",
    before: "a: { wait: P10D, next: end }",
    after: "a: { split: { one: 1 }, one: rest }",
    at: "rest",
  },
  {
    what: "a wait becomes a decision",
    before: "a: { wait: P10D, next: end }",
    after: "a: { decide: journey.hello, next: rest }",
    at: "rest",
  },
  {
    what: "a decision that is awaited becomes a wait",
    before: "a: { decide: journey.hello, next: end, otherwise: rest }",
    after: "a: { wait: P10D, next: rest }",
    at: "a",
    due: "2026-03-12",
  },
  {
    what: "a decision takes both ways alike",
    before: "a: { decide: journey.hello, next: end, otherwise: rest }",
    after: "a: { decide: journey.hello, next: rest }",
    at: "rest",
  },
  {
    what: "a wait becomes the end",
    before: "a: { wait: P10D, next: end }",
    after: "a: { exit: { as: done } }",
    at: "(done)",
  },
  {
    what: "a step is renamed, and the file says so",
    before: "a: { wait: P10D, next: end }",
    after: "b: { wait: P10D, next: end }",
    head: `${ENTER}\nmoved: { a: b }`,
    at: "b",
    due: "2026-03-12",
  },
  {
    what: "a step is renamed, and the file does not say so",
    before: "a: { wait: P10D, next: rest }",
    after: "b: { wait: P10D, next: rest }",
    at: "rest",
  },
  {
    what: "a step is taken away",
    before: "a: { wait: P10D, next: rest }",
    after: "z: { wait: P1D, next: rest }",
    at: "rest",
  },
  {
    what: "a step that waits for an event is taken away",
    before: "a: { waitFor: Product Viewed, next: rest }",
    after: "z: { wait: P1D, next: rest }",
    at: "rest",
  },
  {
    what: "a step is taken away with the one behind it",
    before: "a: { wait: P10D, next: b }\nb: { wait: P1D, next: rest }",
    after: "z: { wait: P1D, next: rest }",
    at: "rest",
  },
  {
    what: "the last step is taken away",
    before: "a: { wait: P10D }",
    after: "z: { wait: P1D, next: rest }",
    at: "(finished)",
  },
  {
    what: "a step is taken away with all that followed",
    before:
      "a: { wait: P10D, next: b }\nb: { wait: P1D, next: c }\nc: { wait: P1D, next: d }\nd: { wait: P1D, next: e }\ne: { wait: P1D, next: f }\nf: { wait: P1D, next: g }\ng: { wait: P1D }",
    after: "z: { wait: P1D, next: rest }",
    at: "(journeyChanged)",
  },
  {
    what: "steps are put before",
    before: "a: { wait: P10D, next: end }",
    after: "z: { wait: P1D, next: a }\na: { wait: P10D, next: end }",
    at: "a",
    due: "2026-03-12",
  },
  {
    what: "an exit is added that holds",
    before: "a: { wait: P10D }",
    after: "a: { wait: P10D }",
    head: `${ENTER}\nexit: [{ if: customer.firstName = "Kim", as: known }]`,
    at: "(known)",
  },
  {
    what: "maxAge is shortened, over already",
    before: "a: { wait: P10D }",
    after: "a: { wait: P1D }",
    head: `${ENTER}\nmaxAge: P2D`,
    at: "(maxAge)",
    isAlone: true,
  },
  {
    what: "who may come in changes",
    before: "a: { wait: P10D }",
    after: "a: { wait: P10D }",
    head: "enter: { on: Product Viewed }",
    at: "a",
    due: "2026-03-12",
  },
  { what: "the journey is taken away", before: "a: { wait: P10D }", after: null, at: "(journeyRemoved)" },
];

const edited = async (steps: string | null, head: string, rest = REST) =>
  steps === null
    ? journeyPlaybook("", undefined, {
        "journeys/first-weeks.yaml": "name: other\nsteps: { a: { wait: P1D } }\n",
      })
    : journeyPlaybook(`${steps}\n${rest}`, head);

describe("a change while somebody is inside", () => {
  it.each(EDITS)("$what", async ({ before, after, head = ENTER, at, due, isAlone }) => {
    const hub = virtualHub(await edited(before, ENTER));
    hub.identify({ firstName: "Kim", renewal: "2026-04-15" });
    hub.tell("Signed Up");
    hub.advance("PT3M");
    expect(hub.at()).toBe("a");
    const { runId, visit } = hub.run();
    hub.publish(await edited(after, head, isAlone ? "" : REST));
    hub.advance("P3D");
    hub.command("journey.due", { runId });
    expect(hub.at()).toBe(at);
    if (due !== undefined) expect(hub.run().due?.slice(0, 10)).toBe(due);
    expect(hub.run().visit).toBeGreaterThanOrEqual(visit);
    // Told once more, it stays where it is.
    const settled = hub.run();
    hub.command("journey.due", { runId });
    expect(hub.run()).toEqual(settled);
    expect(hub.timers().length).toBe(hub.run().ended === undefined ? 1 : 0);
  });
});
