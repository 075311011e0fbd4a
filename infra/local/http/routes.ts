/** A route of an HTTP API and what its path parameters were. */
export type RouteMatch<Target> = {
  readonly routeKey: string;
  readonly target: Target;
  readonly pathParameters: { readonly [name: string]: string };
};
export type RouteTable<Target> = (method: string, path: string) => RouteMatch<Target> | null;

type Route<Target> = {
  readonly routeKey: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly greedy: boolean;
  readonly target: Target;
};

/**
 * The most specific route wins: a full match before a greedy one, fixed segments before parameters, a method before
 * ANY, `$default` last ("Working with routes for HTTP APIs", API Gateway developer guide).
 */
export function createRouteTable<Target>(
  entries: readonly (readonly [routeKey: string, target: Target])[],
): RouteTable<Target> {
  const routes = entries
    .filter(([key]) => key !== "$default")
    .map(([key, target]) => parseRoute(key, target));
  routes.sort((a, b) => weight(b) - weight(a));
  const fallback = entries.find(([key]) => key === "$default");
  return (method, path) => {
    const segments = splitPath(path);
    for (const route of routes) {
      if (route.method !== "ANY" && route.method !== method) continue;
      const pathParameters = matchSegments(route, segments);
      if (pathParameters !== null) return { routeKey: route.routeKey, target: route.target, pathParameters };
    }
    return fallback === undefined ? null : { routeKey: "$default", target: fallback[1], pathParameters: {} };
  };
}

const splitPath = (path: string): readonly string[] => path.split("/").slice(1);

function parseRoute<Target>(routeKey: string, target: Target): Route<Target> {
  const [method = "ANY", path = "/"] = routeKey.split(" ");
  const segments = splitPath(path);
  return { routeKey, method, segments, greedy: segments.at(-1)?.endsWith("+}") ?? false, target };
}

function weight<Target>(route: Route<Target>): number {
  const fixed = route.segments.filter((segment) => !segment.startsWith("{")).length;
  return (
    (route.greedy ? 0 : 10_000) + fixed * 100 + route.segments.length * 2 + (route.method === "ANY" ? 0 : 1)
  );
}

function matchSegments<Target>(
  route: Route<Target>,
  given: readonly string[],
): { readonly [name: string]: string } | null {
  const fitsLength = route.greedy
    ? given.length >= route.segments.length
    : given.length === route.segments.length;
  if (!fitsLength) return null;
  const parameters: { [name: string]: string } = {};
  for (const [index, expected] of route.segments.entries()) {
    const name = /^\{(.+?)\+?\}$/.exec(expected)?.[1];
    const value = given[index] ?? "";
    if (name === undefined) {
      if (expected !== value) return null;
    } else if (expected.endsWith("+}")) parameters[name] = decode(given.slice(index).join("/"));
    else if (value === "") return null;
    else parameters[name] = decode(value);
  }
  return parameters;
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
