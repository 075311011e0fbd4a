import type { Place } from "../aws/place.ts";

const PREFIX = "/_provider/";

/** Where the local cloud answers for a provider that is no AWS service. */
export const providerAddress = ({ url }: Place, service: string): string => `${url}${PREFIX}${service}`;

/** The provider that a path is meant for, and the path within its API; null for any other path. */
export const providerAt = (path: string): { readonly provider: string; readonly path: string } | null => {
  if (!path.startsWith(PREFIX)) return null;
  const [provider = "", ...rest] = path.slice(PREFIX.length).split("/");
  return { provider, path: `/${rest.join("/")}` };
};
