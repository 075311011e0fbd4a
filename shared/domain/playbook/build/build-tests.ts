import type { PlaybookTest } from "../model/tests.ts";
import type { PlaybookSources } from "../read/sources.ts";

/** The tests of all files, in their order. */
export const buildTests = ({ tests }: Pick<PlaybookSources, "tests">): readonly PlaybookTest[] =>
  tests.flatMap(({ file, value }) =>
    value.map((fields, index) => ({
      place: file.at([index, "it"]),
      thenPlaces: fields.then.map((_, position) => file.at([index, "then", position])),
      whenPlaces: (fields.when ?? []).map((_, position) => file.at([index, "when", position])),
      fields,
    })),
  );
