import { testFaultMatrix } from "../support/faults/matrix-suite.ts";

await testFaultMatrix("turns", { number: 2, of: 2 });
