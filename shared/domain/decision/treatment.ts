import type { Treatment } from "../playbook/types.ts";
import type { PreparedChannel, TreatmentChoice } from "./candidate.ts";

/** Picks by weight. Draws nothing when there is nothing to choose; weights that are all zero count as equal. */
export const chooseTreatment = (channel: PreparedChannel, random: () => number): TreatmentChoice | null => {
  const { treatments, totalWeight } = channel;
  const [only, second] = treatments;
  if (only === undefined) return null;
  if (second === undefined) return { treatment: only, probability: 1 };
  const weightOf = (treatment: Treatment): number => (totalWeight > 0 ? treatment.weight : 1);
  const total = totalWeight > 0 ? totalWeight : treatments.length;
  const draw = random();
  let passed = 0;
  let chosen = only;
  for (const treatment of treatments) {
    const weight = weightOf(treatment);
    if (weight === 0) continue;
    chosen = treatment;
    passed += weight;
    if (draw * total < passed) break;
  }
  return { treatment: chosen, probability: weightOf(chosen) / total, draw };
};
