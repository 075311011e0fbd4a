import { recordClick, recordOpening, type VisitDependencies } from "#usecases/record/record-visit.ts";
import type { LinkCall } from "./dependencies.ts";

const NOT_KEPT = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
};

/** The smallest transparent GIF. */
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/**
 * A header takes printable ASCII only: line breaks would begin another header, and an umlaut in a path breaks the answer.
 * What else stands in an address is encoded or dropped as browsers do (WHATWG URL).
 */
const inHeader = (url: string): string => {
  if (/^[!-~]+$/.test(url)) return url;
  return URL.parse(url)?.href ?? encodeURI(url.toWellFormed());
};

/** The target stands in the signed token, so this is no open redirect. 302: every click is to be counted. */
export const redirect = (url: string) => ({
  status: 302 as const,
  headers: { ...NOT_KEPT, location: inHeader(url) },
});

export const pixel = () => ({
  status: 200 as const,
  headers: NOT_KEPT,
  bytes: { type: "image/gif", body: PIXEL },
});

const userAgentOf = ({ headers }: LinkCall): string => headers["user-agent"] ?? "";

export const followClick = async (
  deps: VisitDependencies,
  call: LinkCall,
  { messageId, url }: { readonly messageId: string; readonly url: string },
) => {
  await recordClick(deps, { messageId, url, userAgent: userAgentOf(call) });
  return redirect(url);
};

export const countOpen = async (deps: VisitDependencies, call: LinkCall, messageId: string) => {
  await recordOpening(deps, { messageId, userAgent: userAgentOf(call) });
  return pixel();
};
