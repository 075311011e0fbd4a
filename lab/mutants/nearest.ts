import type { Distances } from "./messages.ts";

/** What is known of test files where nothing is changed. */
export interface TestFiles {
  readonly distances: Distances;
  /** How long each took when it last passed, in ms. */
  readonly times: ReadonlyMap<string, number>;
}

/** Those of a mutant's tests that load its file: the fewest imports away first, of these the quickest, unknown ones last. */
export function nearestFirst(
  { file, tests }: { readonly file: string; readonly tests: readonly string[] },
  { distances, times }: TestFiles,
): readonly string[] {
  const far = (test: string): number => distances[test]?.[file] ?? Number.POSITIVE_INFINITY;
  const long = (test: string): number => times.get(test) ?? Number.MAX_VALUE;
  return tests
    .filter((test) => Number.isFinite(far(test)))
    .toSorted((one, other) => far(one) - far(other) || long(one) - long(other));
}
