import type { PreparedChannel, TreatmentChoice } from "../input/candidate.ts";

/** Picks a treatment by weight; one of weight 0 is never picked beside others. Draws nothing when there is only one. */
export const chooseTreatment = (channel: PreparedChannel, random: () => number): TreatmentChoice | null => {
  const { treatments, totalWeight } = channel;
  const [only, second] = treatments;
  if (only === undefined) return null;
  if (second === undefined) return { treatment: only, probability: 1 };
  const draw = random();
  let passed = 0;
  let chosen = only;
  for (const treatment of treatments) {
    if (treatment.weight === 0) continue;
    chosen = treatment;
    passed += treatment.weight;
    if (draw * totalWeight < passed) break;
  }
  return { treatment: chosen, probability: chosen.weight / totalWeight, draw };
};
