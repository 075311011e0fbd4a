import { settleProcess } from "./hub/settle.ts";

/** `npm run serve`: the hub of a small shop, for real customers, on one machine (docs/serve.md). */
settleProcess();
// Not before: settling begins the process anew, and what was loaded would be loaded twice.
const { serve } = await import("./hub/serve.ts");
await serve();
