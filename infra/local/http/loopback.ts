import type { HttpApi, HttpRequest } from "./messages.ts";
import { problem } from "./problem.ts";

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * What is for this machine alone. A page of another site that a browser here shows could post to it, or, once its name
 * resolves to the loopback (DNS rebinding), read it: such requests name their site in `Origin` or `Host`.
 */
export const onlyFromHere =
  (api: HttpApi): HttpApi =>
  async (request) => {
    const reason = whyForeign(request);
    return reason === null
      ? api(request)
      : problem(403, "forbidden", `this is for this machine alone: ${reason}`);
  };

function whyForeign({ headers }: HttpRequest): string | null {
  const { host = "", origin } = headers;
  if (!LOOPBACK_HOST.test(host)) return "Host must be localhost, 127.0.0.1 or [::1]";
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return "Origin must be its own, or none";
  }
  return null;
}
