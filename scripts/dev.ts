import { settleProcess } from "./hub/settle.ts";

/** `npm run dev`: `npm start`, and what is edited is live at once. Options: hub/trial.ts. */
settleProcess();
// Not before: settling begins the process anew, and what was loaded would be loaded twice.
const { develop } = await import("./develop/develop.ts");
await develop();
