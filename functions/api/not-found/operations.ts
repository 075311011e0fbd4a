import { operation } from "#runtime/http/operation.ts";
import { Problem } from "#runtime/http/shapes.ts";

const answers = { 204: "text/plain", 404: Problem, 405: Problem };

export const operations = {
  refuse: operation({ route: "$default", scope: null, answers }),
  /** Browsers ask before they call. `$default` would do, but API Gateway's guide to CORS wants a route of its own. */
  ask: operation({ route: "OPTIONS /{proxy+}", scope: null, answers }),
};
