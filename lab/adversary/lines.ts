import { atMost, exactly, type Line, noted, percentile } from "../measure/table.ts";
import type { Life } from "./customers.ts";
import type { Memory } from "./memory.ts";

const ON_TIME_MS = 60_000;
const MORE_HEAP_MB = 64;
const MORE_MEMORY_MB = 400;
/** Functions' threads have grown to their size after a third of the time; from then on memory is flat. */
const MORE_ONCE_WARM_MB = 128;

const late = (after: number | null): boolean => after === null || after > ON_TIME_MS;
const slowest = (times: readonly (number | null)[]): string => {
  const all = times.map((time) => time ?? Number.POSITIVE_INFINITY);
  return `95 in 100 within ${Math.round(percentile(all, 0.95))} ms, the last after ${Math.max(0, ...all)} ms`;
};

/** What the honest customers got, beside what they must get. */
export const customerLines = (lives: readonly Life[]): readonly Line[] => {
  const receipts = lives.flatMap(({ receiptsAfter }) => receiptsAfter);
  const welcomes = lives.filter(({ known }) => known === "never").map(({ welcomeAfter }) => welcomeAfter);
  const left = lives.filter(({ unsubscribed }) => unsubscribed !== null);
  return [
    noted("honest customers", String(lives.length), `${welcomes.length} of them not named by the adversary`),
    exactly(
      "receipts to the customer's own address, on time",
      receipts.filter((after) => !late(after)).length,
      receipts.length,
    ),
    noted("  from order to receipt", slowest(receipts)),
    exactly(
      "welcomes of those not named, on time",
      welcomes.filter((after) => !late(after)).length,
      welcomes.length,
    ),
    noted("  from sign-up to welcome", slowest(welcomes)),
    exactly(
      "unsubscribes answered with 200",
      left.filter(({ unsubscribed }) => unsubscribed === 200).length,
      left.length,
    ),
  ];
};

/** What one customer did not get as they must, in words. */
export const faultsOf = ({
  userId,
  known,
  welcomeAfter,
  receiptsAfter,
  unsubscribed,
}: Life): readonly string[] => [
  ...receiptsAfter.filter(late).map((after) => `${userId}: a receipt after ${after} ms`),
  ...(known === "never" && late(welcomeAfter) ? [`${userId}: the welcome after ${welcomeAfter} ms`] : []),
  ...(unsubscribed === null || unsubscribed === 200
    ? []
    : [`${userId}: unsubscribe answered ${unsubscribed}`]),
];

const megabytes = (value: number): string => `${Math.round(value)} MB`;
const both = ({ heap, resident }: Memory): string => `${megabytes(heap)}, ${megabytes(resident)}`;

/** Heap and resident memory over a run. @param measured at its start, and after each third */
export const memoryLines = (measured: readonly Memory[]): readonly Line[] => {
  const [before, warm, later, after] = measured;
  if (before === undefined || warm === undefined || later === undefined || after === undefined) return [];
  return [
    noted("heap and resident memory at the start", both(before)),
    atMost("heap at the end", after.heap, before.heap + MORE_HEAP_MB, megabytes),
    noted("  after a third of the time, and two", `${both(warm)}; ${both(later)}`),
    atMost("resident memory at the end", after.resident, before.resident + MORE_MEMORY_MB, megabytes),
    atMost("  more than after a third", after.resident - warm.resident, MORE_ONCE_WARM_MB, megabytes),
  ];
};
