import { BOUNDS } from "#kernel/bounds.ts";
import type { Draft, Report } from "../read/sources.ts";
import { segmentsInTime } from "./in-time.ts";

/** What stands in a profile beside each name: times, ids and punctuation, as `CustomerState` keeps them. */
const BESIDE = { segment: 32, watched: 32, wait: 420, moment: 170, computed: 12 } as const;

const bytesOf = (names: Iterable<string>, beside: number): number =>
  [...names].reduce((sum, name) => sum + Buffer.byteLength(name) + beside, 0);

/**
 * A customer may be in every segment, wait for every trigger and have seen every watched event at once: what that takes in
 * their profile must leave room for themselves.
 */
export const checkProfileRoom = ({ document, sources }: Draft, report: Report): void => {
  const { segments, triggers, dataModel } = document;
  const waiting = triggers.filter(({ afterMs }) => afterMs !== undefined);
  const parts = [
    {
      bytes:
        bytesOf(
          segments.map(({ name }) => name),
          BESIDE.segment,
        ) + bytesOf(segmentsInTime({ document }), BESIDE.moment),
      file: sources.segments.file,
    },
    {
      bytes:
        bytesOf(
          waiting.map(({ name }) => name),
          BESIDE.wait,
        ) +
        bytesOf(
          triggers.flatMap(({ name, at }) => (at === undefined ? [] : [name])),
          BESIDE.moment,
        ) +
        bytesOf(new Set(triggers.flatMap(({ unless }) => unless)), BESIDE.watched),
      file: sources.triggers.file,
    },
    { bytes: dataModel.computed.length * BESIDE.computed, file: sources.dataModel.file },
  ];
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  if (bytes <= BOUNDS.playbookNamesBytes) return;
  const [largest] = parts.sort((a, b) => b.bytes - a.bytes);
  report.error(
    largest?.file.at([]) ?? { file: "playbook.yaml", line: 1, column: 1 },
    "too-large",
    `Segments, triggers that wait and events they watch take up to ${bytes} bytes of a profile`,
    `at most ${BOUNDS.playbookNamesBytes}: fewer of them, or shorter names`,
  );
};
