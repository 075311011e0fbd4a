import { testFaultMatrix } from "../support/fault-matrix-suite.ts";

await testFaultMatrix("turns", { number: 1, of: 2 });
