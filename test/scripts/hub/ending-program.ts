import { writeFileSync } from "node:fs";
import { endWhenAsked } from "#scripts/hub/ending.ts";

/** `node ending-program.ts <file>`: runs until it is asked to end; then it says so in the file, which takes it a moment. */
const [, , file = ""] = process.argv;
endWhenAsked().beginWith(async () => {
  await new Promise((resolve) => setTimeout(resolve, 100));
  writeFileSync(file, "ended in good order");
});
setInterval(() => {}, 1_000);
process.stdout.write(`running as ${process.pid}\n`);
