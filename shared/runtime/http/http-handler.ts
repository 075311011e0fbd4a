import middy from "@middy/core";
import type { KeyStore } from "#ports/key-store.ts";
import { asRapportError } from "../errors.ts";
import { log } from "../log.ts";
import { metricsFlush } from "../metrics.ts";
import { type HttpEvent, readRequest } from "./http-request.ts";
import { type HttpResult, toProblem, toResult } from "./http-response.ts";
import type { Handlers, Operations } from "./operation.ts";
import { router } from "./router.ts";

export type { HttpEvent, HttpRequest } from "./http-request.ts";
export type { HttpResponse, HttpResult } from "./http-response.ts";

/** Where no operation asks for a key, nobody looks one up. */
type Keys<Ops extends Operations> = Ops[keyof Ops]["scope"] extends null ? [] : [findKey: KeyStore["find"]];

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
    request.response = toProblem(error);
  },
});

/**
 * The pipeline of every HTTP function: decode the body, check the key, run the operation's handler, answer JSON or a
 * problem.
 * @param findKey finds a key by its hash (`apiKeys` of stores.ts); not given where no operation asks for a key
 */
export const httpHandler = <Ops extends Operations>(
  operations: Ops,
  handlers: Handlers<Ops>,
  ...[findKey = async () => null]: Keys<Ops>
) => {
  const route = router(operations, handlers, findKey);
  return middy<HttpEvent, HttpResult>()
    .use(metricsFlush())
    .use(problemOnError())
    .handler(async function runHttp(event: HttpEvent): Promise<HttpResult> {
      const answer = toResult(await route(readRequest(event)));
      return event.requestContext.http.method === "HEAD" ? { ...answer, body: "" } : answer;
    });
};
