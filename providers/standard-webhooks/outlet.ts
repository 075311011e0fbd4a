import type { EventOutlet, OutletAnswer } from "#ports/event-outlet.ts";
import { callPublic, type PublicAnswer, publicUrl } from "#wire/public-call.ts";
import { isUsable, signedHeaders } from "#wire/standard-webhook.ts";
import { VIA } from "./settings.ts";

const failed = (reason: string): OutletAnswer => ({ result: "failed", reason });

const answerOf = ({ status, retryAfter }: PublicAnswer): OutletAnswer => {
  if (status >= 200 && status < 300) return { result: "taken", status };
  if (status === 410) return { result: "gone", status };
  const wait = retryAfter === undefined ? {} : { retryAfter };
  return { result: "failed", reason: `status ${status}`, status, ...wait };
};

/** What a failed call is called: nothing of what the system or its name said. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return "no answer";
  if (error.name === "NotPublicError") return "not public";
  const code = "code" in error ? String(error.code) : "";
  if (/^(?:CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL_)/.test(code)) return "certificate";
  return ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"].includes(code)
    ? "unreachable"
    : "no answer";
};

/** Tells systems of events by the same signed calls that carry messages. */
export const outlet: EventOutlet = {
  settings: [VIA],
  secrets: ["secret"],
  connect:
    ({ setting, now }) =>
    async ({ url: text, secrets: { secret = "" }, id, body, patience }) => {
      const url = publicUrl(text);
      if (url === null) return failed("not public");
      if (!isUsable(secret)) return failed("no secret");
      const signed = signedHeaders(secret, { id, body }, now());
      const headers = { "content-type": "application/json", "user-agent": "Rapport", ...signed };
      return callPublic({ url, headers, body, patience, via: setting(VIA) }).then(
        answerOf,
        (error: unknown) => failed(reasonOf(error)),
      );
    },
};
