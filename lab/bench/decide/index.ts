import { decide } from "#domain/decision/decide.ts";
import type { DecideInput } from "#domain/decision/input/input.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { type Line, printTable } from "../../measure/table.ts";
import { decideByHand } from "./by-hand.ts";
import { withLearning } from "./learnt.ts";
import { customerAt, NOW, playbookWith, rules } from "./subject.ts";

const WARM_UP = 5;
const ROUNDS = 25;
const CUSTOMERS = 500;

const traitsNamed = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `further${index}`);
const customers = (contacts: number, traits: readonly string[]): CustomerRecord[] =>
  Array.from({ length: CUSTOMERS }, (_, index) => customerAt(index, contacts, traits));

const byEngine = (
  playbook: CompiledPlaybook,
  record: CustomerRecord,
  index: number,
  learnt: Pick<DecideInput, "propensity" | "evidence"> = {},
) =>
  decide({
    ...learnt,
    playbook,
    record,
    placement: "bench",
    mode: "message",
    decisionId: `dec_${index}`,
    now: NOW,
    context: { device: index % 2 === 0 ? "phone" : "desk" },
  });

/** `times` a round, so that a round of what is quick is long enough for the processor's clock, which ticks in milliseconds. */
type Work = { readonly name: string; readonly times: number; readonly run: () => void };

/**
 * Microseconds of this thread's processor a decision, by name: the least of rounds that take turns, so that all meet
 * the same machine. Not time on the wall: on a busy machine long rounds are interrupted, and short ones are not. Not the
 * mean: neighbours that empty the shared cache double it, and the more so the more memory a round touches.
 */
const measure = (works: readonly Work[]): ReadonlyMap<string, number> => {
  const spent = new Map(works.map(({ name }) => [name, Number.POSITIVE_INFINITY]));
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const { name, times, run } of works) {
      const start = process.threadCpuUsage();
      for (let time = 0; time < times; time += 1) run();
      const { user, system } = process.threadCpuUsage(start);
      const each = (user + system) / times / CUSTOMERS;
      if (round >= 0) spent.set(name, Math.min(spent.get(name) ?? each, each));
    }
  }
  return spent;
};

/** Both must decide alike, or the comparison says nothing. Throws where they differ. */
const checkAlike = (playbook: CompiledPlaybook, count: number): number => {
  const all = rules(count);
  let contacted = 0;
  for (const contacts of [0, 2, 9]) {
    for (const [index, record] of customers(contacts, []).entries()) {
      const engine = byEngine(playbook, record, index).decision;
      const hand = decideByHand(all, record, index % 2 === 0 ? "phone" : "desk", NOW);
      const [chosen] = engine.actions;
      const told = (rejected: readonly { action: string; reason: string }[]) =>
        rejected
          .map(({ action, reason }) => `${action} ${reason}`)
          .sort()
          .join("\n");
      if (chosen?.action !== hand.chosen?.action || told(engine.rejected) !== told(hand.rejected)) {
        throw new Error(`customer ${index} with ${contacts} contacts is decided differently`);
      }
      if (chosen !== undefined) contacted += 1;
    }
  }
  return contacted;
};

/** `npm run bench -- decide` */
export const run = async (): Promise<number> => {
  const few = traitsNamed(25);
  const many = traitsNamed(250);
  const hundred = playbookWith(100, few);
  const contacted = checkAlike(hundred, 100);
  const engine = (name: string, playbook: CompiledPlaybook, people: readonly CustomerRecord[]): Work => ({
    name,
    times: 1,
    run: () => people.forEach((record, index) => void byEngine(playbook, record, index)),
  });
  const learning = (name: string, predictors: number): Work => {
    const { playbook, input } = withLearning(hundred, few.slice(0, predictors), NOW);
    return {
      name,
      times: 1,
      run: () => people.forEach((record, index) => void byEngine(playbook, record, index, input)),
    };
  };
  const people = customers(2, few);
  const all = rules(100);
  const byHand: Work = {
    name: "by hand",
    times: 10,
    run: () =>
      people.forEach(
        (record, index) => void decideByHand(all, record, index % 2 === 0 ? "phone" : "desk", NOW),
      ),
  };
  const times = measure([
    byHand,
    engine("100", hundred, people),
    engine("10", playbookWith(10, few), people),
    engine("1000", playbookWith(1_000, few), people),
    engine("traits", playbookWith(100, many), customers(2, many)),
    learning("5 predictors", 5),
    learning("20 predictors", 20),
    engine("history 0", hundred, customers(0, few)),
    engine("history 100", hundred, customers(100, few)),
  ]);
  const of = (name: string): number => times.get(name) ?? Number.NaN;
  const ratio = (one: string, other: string): string => `${(of(one) / of(other)).toFixed(1)}x`;
  const lines: Line[] = [
    {
      what: "100 candidates against the same rules by hand",
      figure: ratio("100", "by hand"),
      budget: "<= 25x",
      holds: of("100") <= 25 * of("by hand"),
    },
    {
      what: "1,000 candidates against 100",
      figure: ratio("1000", "100"),
      budget: "<= 11x",
      holds: of("1000") <= 11 * of("100"),
    },
    { what: "100 candidates against 10", figure: ratio("100", "10"), budget: "", holds: null },
    { what: "280 traits against 30", figure: ratio("traits", "100"), budget: "", holds: null },
    {
      what: "100 past contacts against none",
      figure: ratio("history 100", "history 0"),
      budget: "",
      holds: null,
    },
    {
      what: "learning from 5 predictors against none",
      figure: ratio("5 predictors", "100"),
      budget: "",
      holds: null,
    },
    {
      what: "20 predictors against 5",
      figure: ratio("20 predictors", "5 predictors"),
      budget: "",
      holds: null,
    },
    { what: "100 candidates", figure: `${of("100").toFixed(0)} us`, budget: "", holds: null },
    { what: "by hand", figure: `${of("by hand").toFixed(1)} us`, budget: "", holds: null },
    {
      what: "decided alike, of which contacted",
      figure: `${3 * CUSTOMERS}, ${contacted}`,
      budget: "",
      holds: null,
    },
  ];
  return printTable("decide: one decision", lines);
};
