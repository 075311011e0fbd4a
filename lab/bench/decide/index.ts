import { decide } from "#domain/decision/decide.ts";
import type { DecideInput } from "#domain/decision/input/input.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { atMost, noted, printTable } from "../../measure/table.ts";
import { decideByHand } from "./by-hand.ts";
import { customerAt, NOW } from "./customers.ts";
import { withLearning } from "./learnt.ts";
import { playbookWith, rules } from "./playbook.ts";

const WARM_UP = 5;
const ROUNDS = 25;
const CUSTOMERS = 500;

const traitsNamed = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `further${index}`);
const customers = (contacts: number, traits: readonly string[]): CustomerRecord[] =>
  Array.from({ length: CUSTOMERS }, (_, index) => customerAt(index, contacts, traits));

const deviceOf = (index: number): string => (index % 2 === 0 ? "phone" : "desk");

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
    context: { device: deviceOf(index) },
  });

type Work = {
  readonly name: string;
  /** Runs in a round. The processor's clock ticks in milliseconds: a quick run needs several to be seen. */
  readonly times: number;
  readonly run: () => void;
};

/**
 * Processor time of one decision in microseconds, by the work's name. All works take turns in each round, so that they
 * meet the same machine, and the quickest round counts. Time on the wall would not do: a busy machine interrupts long
 * rounds more than short ones. Nor would the mean: other processes empty the cache, which hurts most whoever uses most
 * memory.
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

/** Compares all decisions by engine with those by hand: times of unlike work mean nothing. Throws where they differ. */
const checkAlike = (playbook: CompiledPlaybook, count: number): number => {
  const all = rules(count);
  let contacted = 0;
  for (const contacts of [0, 2, 9]) {
    for (const [index, record] of customers(contacts, []).entries()) {
      const engine = byEngine(playbook, record, index).decision;
      const hand = decideByHand(all, record, deviceOf(index), NOW);
      const [chosen] = engine.actions;
      const reasons = (rejected: readonly { action: string; reason: string }[]) =>
        rejected
          .map(({ action, reason }) => `${action} ${reason}`)
          .sort()
          .join("\n");
      if (chosen?.action !== hand.chosen?.action || reasons(engine.rejected) !== reasons(hand.rejected)) {
        throw new Error(`customer ${index} with ${contacts} contacts is decided differently`);
      }
      if (chosen !== undefined) contacted += 1;
    }
  }
  return contacted;
};

/** What is timed: a decision on every customer, by hand, and by the engine with each playbook that is compared. */
const worksOf = (hundred: CompiledPlaybook): readonly Work[] => {
  const few = traitsNamed(25);
  const many = traitsNamed(250);
  const people = customers(2, few);
  const byHand = (name: string, count: number): Work => {
    const all = rules(count);
    const run = () => people.forEach((record, index) => void decideByHand(all, record, deviceOf(index), NOW));
    return { name, times: count > 100 ? 1 : 10, run };
  };
  const engine = (name: string, playbook: CompiledPlaybook, decided: readonly CustomerRecord[]): Work => ({
    name,
    times: 1,
    run: () => decided.forEach((record, index) => void byEngine(playbook, record, index)),
  });
  const learning = (name: string, predictors: number): Work => {
    const { playbook, input } = withLearning(hundred, few.slice(0, predictors), NOW);
    return {
      name,
      times: 1,
      run: () => people.forEach((record, index) => void byEngine(playbook, record, index, input)),
    };
  };
  return [
    byHand("by hand", 100),
    byHand("1000 by hand", 1_000),
    engine("100", hundred, people),
    engine("10", playbookWith(10, few), people),
    engine("1000", playbookWith(1_000, few), people),
    engine("traits", playbookWith(100, many), customers(2, many)),
    learning("5 predictors", 5),
    learning("20 predictors", 20),
    engine("history 0", hundred, customers(0, few)),
    engine("history 100", hundred, customers(100, few)),
  ];
};

/** `npm run bench -- decide` */
export const run = async (): Promise<number> => {
  const hundred = playbookWith(100, traitsNamed(25));
  const contacted = checkAlike(hundred, 100);
  const times = measure(worksOf(hundred));
  const of = (name: string): number => times.get(name) ?? Number.NaN;
  const ratio = (one: string, other: string): number => of(one) / of(other);
  const asRatio = (value: number): string => `${Number(value.toFixed(1))}x`;
  return printTable("decide: one decision", [
    atMost("100 candidates against the same rules by hand", ratio("100", "by hand"), 25, asRatio),
    // What a thousand rules are compiled to no longer fits into the processor's nearest caches: more than linear.
    atMost("1,000 candidates against the same by hand", ratio("1000", "1000 by hand"), 32, asRatio),
    noted("1,000 candidates against 100", asRatio(ratio("1000", "100"))),
    noted("1,000 against 100 by hand", asRatio(ratio("1000 by hand", "by hand"))),
    noted("100 candidates against 10", asRatio(ratio("100", "10"))),
    noted("280 traits against 30", asRatio(ratio("traits", "100"))),
    noted("100 past contacts against none", asRatio(ratio("history 100", "history 0"))),
    noted("learning from 5 predictors against none", asRatio(ratio("5 predictors", "100"))),
    noted("20 predictors against 5", asRatio(ratio("20 predictors", "5 predictors"))),
    noted("100 candidates", `${of("100").toFixed(0)} us`),
    noted("by hand", `${of("by hand").toFixed(1)} us`),
    noted("decided alike, of which contacted", `${3 * CUSTOMERS}, ${contacted}`),
  ]);
};
