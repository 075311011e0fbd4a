/** `npm run lab -- <name> [options]`: one of the lab's programs, a folder each. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const programs = readdirSync(import.meta.dirname).filter((name) =>
  existsSync(join(import.meta.dirname, name, "main.ts")),
);
const [name = ""] = process.argv.splice(2, 1);
if (programs.includes(name)) await import(`./${name}/main.ts`);
else {
  console.error(`npm run lab -- <name>, where name is one of ${programs.join(", ")}`);
  process.exitCode = 2;
}
