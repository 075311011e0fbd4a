import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { editedIn, previewIn, previewPage, removedIn } from "#domain/audience/preview.ts";
import { becameOf } from "#domain/audience/preview-run.ts";
import { journeyEvent } from "#domain/journey/effects.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { JourneyRun } from "#domain/records/journey.ts";
import { hashId } from "#kernel/hash.ts";
import { journeyPlaybook } from "../../support/journeys/playbook.ts";
import { type VirtualHub, virtualHub } from "../../support/journeys/virtual.ts";

/** Steps of every kind, each with where it leads when the next one is `$next`. */
const KINDS = [
  "{ wait: P1D, next: $next }",
  "{ wait: P9D, next: $next }",
  "{ waitFor: Product Viewed, within: P4D, next: $next, otherwise: stop }",
  "{ waitFor: Product Viewed, where: event.category = entry.plan, next: $next }",
  "{ waitUntil: customer.renewal, next: $next, otherwise: stop }",
  '{ waitUntil: customer.renewal - @"P40D", next: stop, otherwise: $next }',
  "{ branch: [{ if: customer.orders > 0, next: $next }], otherwise: stop }",
  "{ split: { one: 50, other: 50 }, one: $next, other: stop }",
  "{ set: { onboarded: true }, next: $next }",
  "{ emit: Onboarded, next: $next }",
  "{ decide: journey.hello, next: $next }",
  "{ decide: journey.hello, next: $next, otherwise: stop }",
  "{ exit: { as: left } }",
] as const;
const HEADS = [
  "",
  "exit: [{ on: Order Completed, as: bought }]\n",
  "exit: [{ if: customer.onboarded, as: ready }]\n",
  "exit: [{ on: Onboarded, as: ready }]\n",
  "maxAge: P10D\n",
  "maxAge: P30D\n",
  "moved: { b: d }\n",
] as const;

/** A journey of some of five steps in a row. A step that is left out is jumped over. */
const journey = fc.record({
  head: fc.constantFrom(...HEADS),
  steps: fc.array(fc.option(fc.constantFrom(...KINDS), { freq: 5 }), { minLength: 5, maxLength: 5 }),
});
type Written = typeof journey extends fc.Arbitrary<infer T> ? T : never;

const textOf = ({ steps }: Written): string => {
  const names = [..."abcde"].filter((_, at) => steps[at] !== null);
  const written = names.map((name, at) => {
    const step = steps["abcde".indexOf(name)] ?? "";
    return `${name}: ${step.replaceAll("$next", names[at + 1] ?? "stop")}`;
  });
  return written.length === 0 ? "z: { wait: P3D }" : written.join("\n");
};
/** `moved` names a step that is there no more, and one that is. */
const headOf = ({ head, steps }: Written): string =>
  head.startsWith("moved") && (steps[1] !== null || steps[3] === null) ? "" : head;

const compiled = (written: Written): Promise<CompiledPlaybook> =>
  journeyPlaybook(textOf(written), `enter: { on: Signed Up }\n${headOf(written)}`, {
    "segments.yaml": "buyer: customer.orders >= 1\nready: customer.onboarded\n",
  });

const happening = fc.constantFrom("Product Viewed", "Order Completed", "renewal", "PT20H", "P2D");
const person = fc.array(happening, { maxLength: 6 });

/** Each comes in and goes their way, one after the other. */
const live = (hub: VirtualHub, people: readonly (readonly string[])[]): void => {
  for (const [at, days] of people.entries()) {
    const userId = `user-${at}`;
    hub.identify({ firstName: "Kim" }, { userId });
    hub.tell("Signed Up", { plan: "gold" }, { userId });
    for (const what of days) {
      if (what.startsWith("P")) {
        if (what === "Product Viewed") hub.tell(what, { category: "gold" }, { userId });
        else hub.advance(what);
      } else if (what === "renewal") hub.identify({ renewal: "2026-04-15" }, { userId });
      else hub.tell(what, {}, { userId });
    }
  }
};

const insideOf = (hub: VirtualHub): readonly JourneyRun[] =>
  hub.runs().filter(({ ended }) => ended === undefined);

/** As the timer does that a published version sets. */
const wake = (hub: VirtualHub, { runId, home: customerId }: JourneyRun): void => {
  const told = { id: hashId("evt", "woken", runId), customerId, at: hub.now() };
  hub.apply([journeyEvent("journey.due", told, { runId })]);
};

/** Compiling one takes longer than all that is asked of it: changes are drawn from one of these to another. */
const POOL = 48;
let versions: readonly CompiledPlaybook[] = [];
beforeAll(async () => {
  versions = await Promise.all(fc.sample(journey, { numRuns: POOL, seed: 15 }).map(compiled));
});
const version = fc.nat(POOL - 1);
const change = fc.tuple(version, version, fc.array(person, { minLength: 1, maxLength: 6 }));

describe("what a preview says", () => {
  it("is what then happens, to the person, in two hundred changes", () => {
    fc.assert(
      fc.property(change, ([before, after, people]) => {
        const [playbook, next] = [versions[before], versions[after]];
        if (playbook === undefined || next === undefined) throw new Error("there are fewer versions");
        const hub = virtualHub(playbook);
        live(hub, people);
        const both = { live: playbook, next };
        const edited = editedIn(both);
        const now = Date.parse(hub.now());
        const inside = insideOf(hub);
        const around = { versions: both, now, still: new Set<string>(), edited };
        const said = new Map<string, string>();
        for (const run of inside) {
          const record = hub
            .records()
            .filter(({ state }) => state.runs?.live.some(({ id }) => id === run.runId));
          const page = previewPage(record, new Map(inside.map((one) => [one.runId, one])), around);
          const [row] = previewIn(page.counts, []).journeys;
          said.set(
            run.runId,
            (["stay", "move", "exit", "dueNow"] as const).find((what) => row?.[what] === 1) ?? "",
          );
        }
        hub.publish(next);
        for (const run of inside) {
          if (edited.has(`${run.journey}#${run.step}`)) wake(hub, run);
          const then = hub.runs().find(({ runId }) => runId === run.runId) ?? run;
          expect([run.step, said.get(run.runId)]).toEqual([run.step, becameOf(run, then, next)]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("counts segments by both versions, the messages of the first hour, and what is gone", async () => {
    const playbook = await journeyPlaybook("a: { wait: P9D, next: b }\nb: { decide: journey.hello }");
    const next = await journeyPlaybook(
      "a: { wait: PT1H, next: b }\nb: { decide: journey.hello }",
      undefined,
      {
        "segments.yaml": "buyer: customer.orders >= 2\n",
        "triggers.yaml": "",
        "actions/welcome.yaml":
          "category: marketing\nplacements: [journey.hello]\ntreatments: [{ channel: email }]\n",
      },
    );
    const hub = virtualHub(playbook);
    live(hub, [["PT20H"], ["Order Completed"]]);
    const both = { live: playbook, next };
    const around = {
      versions: both,
      now: Date.parse(hub.now()),
      still: new Set<string>(),
      edited: editedIn(both),
    };
    const runs = new Map(hub.runs().map((run) => [run.runId, run]));
    const { counts } = previewPage(hub.records(), runs, around);
    expect(previewIn(counts, ["buyer"])).toEqual({
      journeys: [{ journey: "first-weeks", step: "a", stay: 1, move: 0, exit: 0, dueNow: 1 }],
      messagesFirstHour: 2,
      // biome-ignore lint/suspicious/noThenProperty: the word of the API's promise
      segments: [{ name: "buyer", now: 1, then: 0, of: "all" }],
    });
    expect(removedIn(playbook.document, next.document)).toEqual(["triggers/welcome"]);
  });
});
