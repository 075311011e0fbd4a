import { testFaultMatrix } from "../support/faults/matrix-suite.ts";

await testFaultMatrix("turns", { number: 1, of: 2 });
