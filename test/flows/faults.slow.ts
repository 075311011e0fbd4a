import { testFaultMatrix } from "../support/faults/matrix-suite.ts";

/** Of each operation the first so many calls in a story are broken one after the other. */
const CALLS_OF_AN_OPERATION = 3;

await testFaultMatrix(CALLS_OF_AN_OPERATION);
