import { learnBinning } from "#domain/learning/binning.ts";
import { type LearnerSettings, learnerOf } from "#domain/learning/learner.ts";
import { type Arm, addCell, type Cell, EMPTY_CELL } from "#domain/learning/model.ts";
import { type Customer, MAILS, type Mail, PREDICTORS } from "./trial.ts";

/** Which mail a customer gets: the probability of each, in the order of `MAILS`. */
export type Policy = (customer: Customer) => readonly number[];

const NOW = 0;
const BINNING_SAMPLE = 1_000;
const armOf = (mail: Mail): Arm => ({ action: mail, group: "mail", channel: "email" });
const only = (mail: Mail): readonly number[] => MAILS.map((each) => Number(each === mail));

/** Gives every customer the same mail. */
export const always = (mail: Mail): Policy => {
  const choice = only(mail);
  return () => choice;
};
/** Gives every customer each mail with the same probability. */
export const random: Policy = () => MAILS.map(() => 1 / MAILS.length);

/**
 * The product's learner, taught by one half of the trial. A customer gets the mail that is best for all, unless the learner
 * expects more from another one: by more than `caution` standard deviations of its estimates.
 */
export const learnt = (
  half: readonly Customer[],
  outcome: (customer: Customer) => number,
  settings: LearnerSettings,
  caution: number,
): Policy => {
  const binning = learnBinning(
    half.slice(0, BINNING_SAMPLE).map(({ features }) => features),
    PREDICTORS,
  );
  const learner = learnerOf(settings, binning);
  const cells = new Map<string, Cell>();
  for (const customer of half) {
    const observation = {
      arm: armOf(customer.mail),
      features: customer.features,
      reward: outcome(customer),
      at: NOW,
    };
    for (const [key, cell] of learner.observe(observation)) {
      cells.set(key, addCell(cells.get(key) ?? EMPTY_CELL, cell));
    }
  }
  const estimate = learner.estimator(cells, NOW);
  const best = bestForAll(half, outcome);
  return ({ features }) => {
    const base = estimate(armOf(best), features, 0);
    let choice = best;
    let most = 0;
    for (const mail of MAILS) {
      if (mail === best) continue;
      const other = estimate(armOf(mail), features, 0);
      const unsure = Math.hypot(base.deviation, other.deviation);
      const gain = other.mean - base.mean - caution * unsure;
      if (gain > most) [choice, most] = [mail, gain];
    }
    return only(choice);
  };
};

const bestForAll = (half: readonly Customer[], outcome: (customer: Customer) => number): Mail => {
  const mean = (mail: Mail): number => {
    const own = half.filter((customer) => customer.mail === mail);
    return own.reduce((sum, customer) => sum + outcome(customer), 0) / Math.max(1, own.length);
  };
  return MAILS.reduce((best, mail) => (mean(mail) > mean(best) ? mail : best));
};
