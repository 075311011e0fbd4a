import type { HttpEvent } from "#runtime/http/http-request.ts";
import type { HttpResult } from "#runtime/http/http-response.ts";
import { refuse } from "./refuse.ts";
import { ROUTES } from "./routes.generated.ts";

/** No route led here, so there is nothing to route: without the pipeline it starts in a millisecond. */
export const handler = async ({ headers, rawPath, requestContext }: HttpEvent): Promise<HttpResult> =>
  refuse({ method: requestContext.http.method, path: rawPath, headers }, ROUTES);
