import type { Journey } from "#client/api.generated.ts";

/** How many left, however. */
export const leftOf = ({ exited }: Pick<Journey, "exited">): number =>
  Object.values(exited).reduce((sum, count) => sum + count, 0);

/** Since when somebody has stood at one step for longest. Null: nobody is inside. */
export const oldestOf = ({ steps }: Pick<Journey, "steps">): string | null =>
  steps.reduce<string | null>(
    (first, { oldest }) => (oldest !== null && (first === null || oldest < first) ? oldest : first),
    null,
  );
