/** `npm run fuzz [-- --texts 100000 --models 10000 --seed 1]`: each kind of input in a process of its own. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";

const COUNTS = { texts: "feel.ts", models: "dmn.ts" } as const;

const { values } = parseArgs({
  options: {
    texts: { type: "string", default: "100000" },
    models: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
  },
});

for (const [name, value] of Object.entries(values)) {
  if (/^\d+$/.test(value)) continue;
  console.error(`--${name} takes a whole number, not "${value}"`);
  process.exit(2);
}

for (const [name, file] of Object.entries(COUNTS) as [keyof typeof COUNTS, string][]) {
  const program = join(import.meta.dirname, file);
  const { status } = spawnSync(process.execPath, [program, values[name], values.seed], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
