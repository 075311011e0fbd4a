import middy from "@middy/core";
import type { KeyStore, Scope } from "#ports/key-store.ts";
import { systemClock } from "../clock.ts";
import { asRapportError } from "../errors.ts";
import { log } from "../log.ts";
import { metricsFlush } from "../metrics.ts";
import { apiKeys } from "../stores.ts";
import { type HttpEvent, type HttpRequest, readRequest } from "./http-request.ts";
import { type HttpResponse, type HttpResult, toProblem, toResult } from "./http-response.ts";
import { cachedKeys, checkKey } from "./keys.ts";

export type { HttpEvent, HttpRequest } from "./http-request.ts";
export type { HttpResponse, HttpResult } from "./http-response.ts";

export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** The scope a call needs; null: no key. A function gives one per route where its routes differ. */
export type ScopeOf = Scope | null | ((route: string) => Scope | null);

const tableKeys = (): KeyStore["find"] => cachedKeys(apiKeys(), systemClock);

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
 * The pipeline of every HTTP function: decode the body, check the key against its scope, run the handler,
 * answer JSON or a problem. `keys` finds a key by its hash; without it keys are looked up in the key table.
 */
export const httpHandler = (options: { scope: ScopeOf; keys?: KeyStore["find"] }, handle: HttpHandler) => {
  let keys = options.keys;
  const scopeFor = (route: string) =>
    typeof options.scope === "function" ? options.scope(route) : options.scope;

  return middy<HttpEvent, HttpResult>()
    .use(metricsFlush())
    .use(problemOnError())
    .handler(async function runHttp(event: HttpEvent): Promise<HttpResult> {
      const request = readRequest(event);
      const scope = scopeFor(event.routeKey);
      if (scope === null) return toResult(await handle({ ...request, key: null }));
      keys ??= tableKeys();
      const key = await checkKey(keys, request, scope);
      return toResult(await handle({ ...request, key }));
    });
};
