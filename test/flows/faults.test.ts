import { testFaultMatrix } from "../support/fault-matrix-suite.ts";

await testFaultMatrix("turns");
