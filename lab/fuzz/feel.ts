/**
 * `node lab/fuzz/feel.ts [inputs] [seed]`: random and mutated texts against the FEEL compiler. Exits with 1 if
 * one crashes it, hangs, or is refused without a place. The work is done in a thread, so that a hang can be seen.
 */
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { fuzzInput, seededRandom } from "./feel-inputs.ts";
import { runFuzzInput } from "./feel-outcome.ts";

const HANG_MILLISECONDS = 20_000;
const MAXIMUM_FAILURES = 10;

interface Task {
  readonly inputs: number;
  readonly seed: number;
  readonly progress: SharedArrayBuffer;
}

function isTask(data: unknown): data is Task {
  return typeof data === "object" && data !== null && "progress" in data;
}

function work({ inputs, seed, progress }: Task): void {
  const done = new Int32Array(progress);
  const random = seededRandom(seed);
  const outcomes = new Map<string, number>();
  let failures = 0;
  let slowest = { milliseconds: 0, text: "" };
  for (let index = 0; index < inputs && failures < MAXIMUM_FAILURES; index++) {
    Atomics.store(done, 0, index);
    const text = fuzzInput(random);
    const start = performance.now();
    try {
      const outcome = runFuzzInput(text);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    } catch (error) {
      failures += 1;
      console.error(`input ${index}: ${JSON.stringify(text.slice(0, 300))}\n`, error);
    }
    const milliseconds = performance.now() - start;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, text };
  }
  for (const [outcome, count] of outcomes) console.log(`${outcome}: ${count}`);
  const shown = JSON.stringify(slowest.text.slice(0, 120));
  console.log(`slowest: ${slowest.milliseconds.toFixed(0)} ms for ${shown}`);
  console.log(`failures: ${failures}`);
  process.exitCode = failures === 0 ? 0 : 1;
}

function supervise(): void {
  const inputs = Number(process.argv[2] ?? 100_000);
  const seed = Number(process.argv[3] ?? 1);
  const progress = new SharedArrayBuffer(4);
  const worker = new Worker(new URL(import.meta.url), { workerData: { inputs, seed, progress } });
  const done = new Int32Array(progress);
  let last = -1;
  const watch = setInterval(() => {
    const now = Atomics.load(done, 0);
    if (now === last) {
      console.error(`input ${now} hangs (seed ${seed})`);
      process.exit(1);
    }
    last = now;
  }, HANG_MILLISECONDS);
  worker.on("error", (error) => {
    console.error(error);
    process.exitCode = 1;
  });
  worker.on("exit", (code) => {
    clearInterval(watch);
    if (code !== 0) process.exitCode = code;
  });
}

if (isMainThread) supervise();
else if (isTask(workerData)) work(workerData);
