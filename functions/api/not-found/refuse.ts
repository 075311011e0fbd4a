import { RapportError } from "#kernel/errors.ts";
import { isPreflight, PREFLIGHT_HEADERS } from "#runtime/http/cors.ts";
import { type HttpResult, toProblem, toResult } from "#runtime/http/http-response.ts";

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
};

/**
 * Answers what no route takes, in the form that clients know: 405 where the path has other methods, which OPTIONS may
 * ask for, else 404. A browser that asks whether it may call hears yes: it shows a page the 404 of the call, not this one.
 * @param routes of all functions, `GET /v1/messages/{id}`
 */
export const refuse = ({ method, path, headers }: Asked, routes: readonly string[]): HttpResult => {
  if (isPreflight(method, headers)) return toResult({ status: 204, headers: PREFLIGHT_HEADERS });
  const methods = routes
    .map((route) => route.split(" "))
    .flatMap(([known = "", pattern = ""]) => (isAt(path, pattern) ? [known] : []));
  // A route that is known and did not take it: its function is not deployed here.
  if (methods.length === 0 || methods.includes(method))
    return toProblem(new RapportError("not_found", "there is nothing under this path"));
  const allow = methods.join(", ");
  if (method === "OPTIONS") return toResult({ status: 204, headers: { allow } });
  return toProblem(new RapportError("method_not_allowed", `this path answers ${allow}`, { allow }));
};

/** A parameter stands for one whole segment. */
const isAt = (path: string, pattern: string): boolean => {
  const given = path.split("/");
  const wanted = pattern.split("/");
  return (
    given.length === wanted.length &&
    wanted.every((part, index) => (part.startsWith("{") ? given[index] !== "" : part === given[index]))
  );
};
