import type { Candidate } from "../input/candidate.ts";
import type { DecideInput, DecisionBasis } from "../input/input.ts";
import type { Belief } from "../input/propensity.ts";
import { drawsFrom } from "./random.ts";

/** Models may know an action better on one channel than on another. */
export const propensityKey = ({ name, channels }: Candidate): string => `${name}|${channels[0]?.name ?? ""}`;

/** The same input, which records what is drawn and what models answer while deciding. */
export const notingBasis = (
  input: DecideInput,
): { readonly input: DecideInput; readonly basis: () => DecisionBasis } => {
  const draws: number[] = [];
  const random = input.random ?? drawsFrom(input.decisionId);
  const { propensity } = input;
  const said: Record<string, number | Belief> | undefined = propensity === undefined ? undefined : {};
  return {
    input: {
      ...input,
      random: () => {
        const drawn = random();
        draws.push(drawn);
        return drawn;
      },
      ...(propensity === undefined || said === undefined
        ? {}
        : {
            propensity: (candidate, scope) => {
              const value = propensity(candidate, scope);
              said[propensityKey(candidate)] = value;
              return value;
            },
          }),
    },
    basis: () => ({ input, draws, ...(said === undefined ? {} : { propensities: said }) }),
  };
};
