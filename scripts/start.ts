import { settleProcess } from "./hub/settle.ts";

/** `npm start`: the whole project on this machine. Options: hub/trial.ts. */
settleProcess();
// Not before: settling begins the process anew, and what was loaded would be loaded twice.
const { start } = await import("./hub/start.ts");
await start();
