import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contactTimes } from "#domain/contact-policy/caps.ts";
import { decide } from "#domain/decision/decide.ts";
import { decideSeveral } from "#domain/decision/decide-several.ts";
import { sentenceFor } from "#domain/decision/explain/sentences.ts";
import type { DecideResult } from "#domain/decision/input/input.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Cap } from "#domain/playbook/model/contact-policy.ts";
import type { Action } from "#domain/playbook/model/document.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import {
  action,
  address,
  consent,
  customer,
  decideFor,
  HOUR,
  NOON,
  playbookOf,
} from "../../support/decisions/decision.ts";

const MINUTE = 60_000;

const anyAction = (index: number): fc.Arbitrary<Action> =>
  fc
    .record({
      category: fc.constantFrom("marketing", "service", "transactional"),
      group: fc.constantFrom(undefined, "g1", "g2"),
      value: fc.integer({ min: -2, max: 5 }),
      eligible: fc.constantFrom([], ["customer.age > 30"], ["customer.tier = null"]),
      channels: fc.uniqueArray(fc.constantFrom("email", "sms", "web"), { minLength: 1 }),
      variants: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ channels, variants, group, ...rest }) =>
      action(`a${index}`, {
        ...rest,
        ...(group === undefined ? {} : { group }),
        treatments: channels.flatMap((channel) =>
          Array.from({ length: variants }, (_, variant) => ({
            name: `${channel}-${variant}`,
            channel,
            weight: variant + 1,
          })),
        ),
      }),
    );
const anyActions = fc
  .integer({ min: 0, max: 8 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyAction(index))));

const capOf = (name: string, max: number, windowMs: number, changes: Partial<Cap> = {}): Cap => ({
  name,
  max,
  windowMs,
  channels: [],
  categories: [],
  actions: [],
  ...changes,
});
const caps = [
  capOf("all", 3, 24 * HOUR),
  capOf("sms", 1, 12 * HOUR, { channels: ["sms"] }),
  capOf("marketing", 2, 6 * HOUR, { categories: ["marketing"] }),
];
const quietHours = [{ from: "21:00", to: "08:00", channels: [], categories: [] }];

const reachable = customer({
  traits: { age: 40 },
  addresses: [address("email", "ada@example.com"), address("sms", "+491701234567")],
  consents: [consent("email"), consent("sms")],
});

/** All that came of it, without what it was made of. */
const madeOf = ({ basis: _, ...made }: DecideResult): string => JSON.stringify(made);

describe("a decision", () => {
  it("is the same whatever order the actions are written in", () => {
    const shuffled = anyActions.chain((actions) =>
      fc.tuple(
        fc.constant(actions),
        fc.shuffledSubarray(actions, { minLength: actions.length, maxLength: actions.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: 4 }), ([actions, others], limit) => {
        const contactPolicy = { caps, quietHours };
        const one = decideFor(playbookOf({ actions, contactPolicy }), { record: reachable, limit });
        const other = decideFor(playbookOf({ actions: others, contactPolicy }), { record: reachable, limit });
        expect(madeOf(other)).toBe(madeOf(one));
      }),
    );
  });

  it("is the same to the byte when replayed with the same state, clock and ids", () => {
    fc.assert(
      fc.property(anyActions, fc.string(), (actions, id) => {
        const input = { record: reachable, limit: 3, decisionId: `dec_${id}` };
        const contactPolicy = { caps, quietHours, holdout: 0.2 };
        const first = decideFor(playbookOf({ actions, contactPolicy }), input);
        const replayed = decideFor(playbookOf({ actions, contactPolicy }), structuredClone(input));
        expect(JSON.stringify(replayed)).toBe(JSON.stringify(first));
      }),
    );
  });

  it("accounts for every candidate once, and changes nothing it was given", () => {
    fc.assert(
      fc.property(anyActions, fc.integer({ min: 1, max: 4 }), (actions, limit) => {
        const before = JSON.stringify(reachable);
        const { decision } = decideFor(playbookOf({ actions, contactPolicy: { caps } }), {
          record: reachable,
          limit,
        });
        const told = [...decision.actions, ...decision.rejected].map((one) => one.action).sort();
        expect(told).toEqual(actions.map(({ name }) => name).sort());
        expect(decision.actions.length).toBeLessThanOrEqual(limit);
        expect(decision.actions.map(({ rank }) => rank)).toEqual(
          decision.actions.map((_, index) => index + 1),
        );
        for (const { probability } of decision.actions) expect(probability).toBeGreaterThan(0);
        for (const rejection of decision.rejected) {
          expect(sentenceFor(rejection, { decision, document: null })).toMatch(/^[A-Z"].+\.$/);
        }
        expect(JSON.stringify(reachable)).toBe(before);
      }),
    );
  });

  it("never exceeds a cap, however decisions follow each other", () => {
    const times = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(anyActions, times, (actions, gaps) => {
        const playbook = playbookOf({ actions, contactPolicy: { caps, quietHours } });
        let record: CustomerRecord = reachable;
        let now = NOON;
        for (const [index, gap] of gaps.entries()) {
          now += gap * MINUTE;
          const result = decide({
            playbook,
            record,
            placement: "trigger.cart",
            mode: "message",
            decisionId: `dec_${index}`,
            now,
            limit: 2,
          });
          if (result.contact !== undefined) record = { ...record, contact: result.contact };
        }
        for (const cap of caps) {
          const taken = contactTimes(cap, record.contact.entries);
          for (const start of taken) {
            const inWindow = taken.filter((time) => time >= start && time < start + cap.windowMs);
            expect(inWindow.length).toBeLessThanOrEqual(cap.max);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("draws treatments as often as their weights say", () => {
    const treatments = [
      { name: "a", channel: "email", weight: 3 },
      { name: "b", channel: "email", weight: 1 },
    ];
    const playbook = playbookOf({ actions: [action("cart", { treatments })] });
    const count = 4_000;
    const drawn = Array.from({ length: count }, (_, index) =>
      decideFor(playbook, { decisionId: `dec_${index}` }),
    ).filter(({ decision }) => decision.actions[0]?.treatment === "a").length;
    // Four standard deviations of a binomial share.
    expect(Math.abs(drawn / count - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / count));
  });
});

describe("several placements at once", () => {
  const web = (name: string, value: number) =>
    action(name, { value, placements: ["one", "two"], treatments: [{ name, channel: "web", weight: 1 }] });
  const shop = (...actions: readonly Action[]) =>
    playbookOf({
      actions,
      placements: ["one", "two"].map((name) => ({ name, limit: 1, channels: [] })),
      contactPolicy: { caps: [capOf("once", 1, HOUR, { channels: ["web"] })] },
    });
  const ask = (playbook: CompiledPlaybook, dryRun: boolean) =>
    decideSeveral(
      customer(),
      ["one", "two"].map((placement) => ({
        playbook,
        placement,
        mode: "answer",
        decisionId: `dec_${placement}`,
        now: NOON,
        dryRun,
      })),
    );

  it("see what those before them reserved, and move contact history one version on", () => {
    const [first, second] = ask(shop(web("spring", 1)), false);
    expect(first?.decision.actions).toHaveLength(1);
    expect(first?.contact?.version).toBe(1);
    expect(second?.decision.rejected).toMatchObject([
      { reason: "cap", cause: { kind: "cap", name: "once" } },
    ]);
  });

  it("are answered on a dry run as in earnest, and leave nothing", () => {
    const playbook = shop(web("spring", 2), web("summer", 1));
    const real = ask(playbook, false).map(({ decision }) => ({ ...decision, dryRun: true }));
    const tried = ask(playbook, true);
    expect(real[1]?.actions).toEqual([]);
    expect(tried.map(({ decision }) => decision)).toEqual(real);
    for (const result of tried) expect(Object.keys(result).sort()).toEqual(["basis", "decision", "messages"]);
  });
});
