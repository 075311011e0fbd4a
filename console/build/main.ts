import { buildConsole } from "./build.ts";

/** `node console/build/main.ts <folder>`: puts the built console there. */
const [, , folder] = process.argv;
if (folder === undefined) throw new Error("say into which folder the built console goes");
await buildConsole(folder);
