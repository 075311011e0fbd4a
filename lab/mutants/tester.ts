/**
 * The process that runs tests for the command: one vitest that stays, with one worker at a time, so that a mutant costs no
 * more than the tests it is shown to. The mutant is planted as the module is loaded; no file is written. It is a process
 * of its own because a mutant may never end: then it is killed whole.
 */
import { join, relative } from "node:path";
import { createVitest, type TestModule, type TestSpecification, type Vitest } from "vitest/node";
import type { Distances, Order, Report } from "./messages.ts";

const ROOT = join(import.meta.dirname, "../..");
const pathOf = (id: string): string => relative(ROOT, id);
const tell = (report: Report): unknown => process.send?.(report);

let order: Order = { tests: [], onlyLoaded: true };

/** Files are asked in the order's own order, where vitest would ask the longest first. */
class AsOrdered {
  async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }
  async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification): number => order.tests.indexOf(pathOf(moduleId));
    return files.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function tellEnd(module: TestModule): void {
  if (order.onlyLoaded || module.state() === "skipped") return;
  const [failed] = module.children.allTests("failed");
  const doesNotLoad = module.ok() ? null : "does not load";
  const { duration } = module.diagnostic();
  const test = pathOf(module.moduleId);
  tell({ kind: "ended", test, failed: failed?.fullName ?? doesNotLoad, milliseconds: duration });
}

const startVitest = (): Promise<Vitest> =>
  createVitest(
    {
      root: ROOT,
      config: false,
      include: ["test/domain/**/*.test.ts"],
      watch: false,
      pool: "threads",
      isolate: false,
      fileParallelism: false,
      // What is planted must not be kept on the disk for others.
      fsModuleCache: false,
      bail: 1,
      // Whoever gave the order stops what takes too long, by what it computes.
      testTimeout: 600_000,
      reporters: [{ onTestModuleEnd: tellEnd }],
      sequence: { sequencer: AsOrdered },
    },
    {
      plugins: [
        {
          name: "plant",
          enforce: "pre",
          transform: (_code, id) =>
            pathOf(id) === order.planted?.file ? { code: order.planted.text, map: null } : null,
        },
      ],
      server: { watch: null },
    },
  );

/** How many imports lead from a test file to each module that it loads. */
function distancesFrom(vitest: Vitest, test: string): Distances[string] {
  const { moduleGraph } = vitest.getRootProject().vite.environments.ssr;
  const found = new Map<string, number>();
  let ring = [...(moduleGraph.getModulesByFile(join(ROOT, test)) ?? [])];
  for (let distance = 0; ring.length > 0; distance += 1) {
    const fresh = ring.filter(({ file }) => file !== null && !found.has(pathOf(file)));
    for (const { file } of fresh) if (file !== null) found.set(pathOf(file), distance);
    ring = fresh.flatMap(({ importedModules }) => [...importedModules]);
  }
  return Object.fromEntries(found);
}

async function carryOut(vitest: Vitest, next: Order): Promise<void> {
  for (const file of [order.planted?.file, next.planted?.file])
    if (file !== undefined) vitest.invalidateFile(join(ROOT, file));
  order = next;
  const project = vitest.getRootProject();
  const asked = next.tests.map((test) => project.createSpecification(join(ROOT, test)));
  const { testModules, unhandledErrors } = next.onlyLoaded
    ? await vitest.collectTests(asked)
    : await vitest.runTestSpecifications(asked);
  // Vitest lists what earlier orders asked, too.
  const own = testModules.filter(({ moduleId }) => next.tests.includes(pathOf(moduleId)));
  const passed = unhandledErrors.length === 0 && own.every((module) => module.ok());
  const loaded = next.onlyLoaded ? next.tests : [];
  const distances = Object.fromEntries(loaded.map((test) => [test, distancesFrom(vitest, test)]));
  const outside = unhandledErrors.map((error) => (error instanceof Error ? error.message : String(error)));
  tell({ kind: "done", passed, outside: outside.join("; "), distances });
}

const vitest = await startVitest();
await vitest.standalone();
process.on("message", (next: Order) => carryOut(vitest, next));
process.on("disconnect", () => process.exit());
setInterval(() => {
  const { user, system } = process.cpuUsage();
  tell({ kind: "busy", milliseconds: (user + system) / 1_000 });
}, 500);
