import middy from "@middy/core";
import { asRapportError } from "../errors.ts";
import { log } from "../log.ts";
import { metricsFlush } from "../metrics.ts";
import type { Callers } from "./caller.ts";
import { type HttpEvent, readRequest } from "./http-request.ts";
import { type HttpResult, toProblem, toResult } from "./http-response.ts";
import type { Handlers, Operations } from "./operation.ts";
import { packed } from "./packed.ts";
import { router } from "./router.ts";

export type { HttpEvent, HttpRequest } from "./http-request.ts";
export type { HttpResponse, HttpResult } from "./http-response.ts";

/** Where no operation asks for a key, nobody looks one up. */
type Needed<Ops extends Operations> = Ops[keyof Ops]["scope"] extends null
  ? []
  : [callers: Callers | Callers["findKey"]];

/** Middy hook: whatever was thrown becomes a problem+json answer; what is our fault is logged by name and place. */
const problemOnError = () => ({
  name: "problemOnError",
  onError: function answerProblem(request: {
    error: unknown;
    event: HttpEvent;
    response: HttpResult | null | undefined;
  }) {
    const error = asRapportError(request.error);
    if (error.status >= 500) {
      log.error("request failed", error.cause ?? error, { route: request.event.routeKey, code: error.code });
    }
    request.response = packed(toProblem(error), request.event.headers["accept-encoding"]);
  },
});

/**
 * The pipeline of every HTTP function: decode the body, check the key, run the operation's handler, answer JSON or a
 * problem.
 * @param callers how it finds out who calls: `callers`, or `apiKeys` for keys alone; not given where no operation asks
 */
export const httpHandler = <Ops extends Operations>(
  operations: Ops,
  handlers: Handlers<Ops>,
  ...[callers = async () => null]: Needed<Ops>
) => {
  const route = router(operations, handlers, typeof callers === "function" ? { findKey: callers } : callers);
  return middy<HttpEvent, HttpResult>()
    .use(metricsFlush())
    .use(problemOnError())
    .handler(async function runHttp(event: HttpEvent): Promise<HttpResult> {
      const answer = toResult(await route(readRequest(event)));
      if (event.requestContext.http.method === "HEAD") return { ...answer, body: "" };
      return packed(answer, event.headers["accept-encoding"]);
    });
};
