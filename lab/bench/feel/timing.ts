import { median } from "../../measure/table.ts";

/** Something to time: `run(i)` is called with 0, 1, 2, ...; a promise is awaited before the next call. */
export interface Contender {
  readonly name: string;
  readonly run: (index: number) => unknown;
  readonly isAsync?: boolean;
}

export interface Timing {
  readonly name: string;
  /** Median over the rounds, in nanoseconds a call. */
  readonly nanoseconds: number;
  /** Median over the rounds of the ratio to the first contender in the same round. */
  readonly ratio: number;
}

const TARGET_NS = 25e6;

/**
 * Times all contenders in turn, round after round, so that whatever slows the machine down slows all of them; the
 * first is the yardstick. Each is called as often as fills some milliseconds.
 */
export async function interleave(contenders: readonly Contender[], rounds: number): Promise<Timing[]> {
  const calls: number[] = [];
  for (const contender of contenders) calls.push(await calibrate(contender));
  const samples = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      samples[index]?.push(await time(contender, calls[index] ?? 1));
    }
  }
  return contenders.map(({ name }, index) => {
    const own = samples[index] ?? [];
    const ratios = own.map((value, round) => value / (samples[0]?.[round] ?? 1));
    return { name, nanoseconds: median(own), ratio: median(ratios) };
  });
}

/** How many calls fill the target; the best of three counts, since on a busy machine one call may take 20 ms. */
async function calibrate(contender: Contender): Promise<number> {
  for (let calls = 1; ; calls *= 2) {
    let best = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 3; attempt += 1) best = Math.min(best, await time(contender, calls));
    if (best * calls > TARGET_NS / 2) return calls;
  }
}

/** What the last call answered, kept so that nobody optimises the calls away. */
export const sink: { last: unknown } = { last: undefined };

async function time({ run, isAsync }: Contender, calls: number): Promise<number> {
  const start = process.hrtime.bigint();
  if (isAsync) for (let index = 0; index < calls; index += 1) sink.last = await run(index);
  else sink.last = runAll(run, calls);
  return Number(process.hrtime.bigint() - start) / calls;
}

function runAll(run: Contender["run"], calls: number): unknown {
  let last: unknown;
  for (let index = 0; index < calls; index += 1) last = run(index);
  return last;
}
