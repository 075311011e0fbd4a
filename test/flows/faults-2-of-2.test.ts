import { testFaultMatrix } from "../support/fault-matrix-suite.ts";

await testFaultMatrix("turns", { number: 2, of: 2 });
