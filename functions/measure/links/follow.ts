import { isMachine } from "#domain/outcome/machine.ts";
import { type MessageOutcome, outcomeEvent } from "#domain/outcome/outcome-event.ts";
import { clickOccurrence, openOccurrence } from "#domain/outcome/provider-report.ts";
import type { JsonObject } from "#kernel/json.ts";
import { METRICS } from "#ports/metric-names.ts";
import { log } from "#runtime/log.ts";
import { count } from "#runtime/metrics.ts";
import type { LinkCall, LinkDependencies } from "./dependencies.ts";

const NOT_KEPT = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
};

/** The smallest transparent GIF. */
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

const recordOutcome = async (
  deps: LinkDependencies,
  outcome: {
    readonly messageId: string;
    readonly name: MessageOutcome;
    readonly at: string;
    readonly occurrence: string;
    readonly properties: JsonObject;
  },
): Promise<void> => {
  const { messageId, ...rest } = outcome;
  const message = await deps.messages.get(messageId);
  if (message === null) return;
  await deps.inbox.send([outcomeEvent({ message, receivedAt: outcome.at, ...rest })]);
};

/** Whoever clicked gets where they wanted, even when the click cannot be counted. */
const recordOrLog = async (
  deps: LinkDependencies,
  outcome: Parameters<typeof recordOutcome>[1],
): Promise<void> => {
  try {
    await recordOutcome(deps, outcome);
  } catch (error) {
    log.error("outcome not told", error, { messageId: outcome.messageId, code: outcome.name });
  }
};

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

export async function followClick(
  deps: LinkDependencies,
  request: LinkCall,
  { messageId, url }: { readonly messageId: string; readonly url: string },
): Promise<ReturnType<typeof redirect>> {
  const at = new Date(deps.clock.now()).toISOString();
  await recordOrLog(deps, {
    messageId,
    name: "message.clicked",
    at,
    occurrence: clickOccurrence(at, url),
    properties: { url, machine: isMachine(request.headers["user-agent"] ?? "") },
  });
  count(METRICS.messagesClicked);
  return redirect(url);
}

export async function countOpen(
  deps: LinkDependencies,
  request: LinkCall,
  messageId: string,
): Promise<ReturnType<typeof pixel>> {
  const at = new Date(deps.clock.now()).toISOString();
  await recordOrLog(deps, {
    messageId,
    name: "message.opened",
    at,
    occurrence: openOccurrence(at),
    properties: { machine: isMachine(request.headers["user-agent"] ?? "") },
  });
  count(METRICS.messagesOpened);
  return pixel();
}
