/** `npm run bench [-- <name> ...]`: figures beside their budgets. Exits with 1 when a budget is exceeded. */
const BENCHES: Readonly<Record<string, () => Promise<{ run: () => Promise<number> }>>> = {
  bundles: () => import("./bundles.ts"),
  decide: () => import("./decide/index.ts"),
  develop: () => import("./develop/index.ts"),
  feel: () => import("./feel/index.ts"),
  history: () => import("./history.ts"),
  hub: () => import("./hub/index.ts"),
  init: () => import("./init.ts"),
  journeys: () => import("./journeys.ts"),
  sends: () => import("./sends.ts"),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`no bench named ${unknown.join(", ")}; there are: ${Object.keys(BENCHES).join(", ")}`);
  process.exit(2);
}

let over = 0;
for (const [name, load] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  over += await (await load()).run();
}
console.log(over === 0 ? "\nevery budget holds" : `\n${over} over budget`);
process.exitCode = over === 0 ? 0 : 1;
