import type { PutOff, SendResult } from "#ports/provider.ts";

/**
 * What a provider's error says about the message. `null`: nothing is known of its fate, whoever called must assume that
 * it may have been sent.
 */
export type FailureRules = Readonly<Record<string, SendResult>>;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** The names under which AWS services throttle. */
const THROTTLED = [
  "TooManyRequestsException",
  "ThrottlingException",
  "Throttling",
  "ThrottledException",
  "RequestThrottled",
  "RequestLimitExceeded",
  "SlowDown",
];

/** The connection was never made, so nothing was sent. */
const NOT_CONNECTED = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"];
/** The SDK tells this timeout from that of an answer by words only (@smithy/node-http-handler, set-connection-timeout). */
const NEVER_CONNECTED = /did not establish a connection/;

/** Ours to repair; the provider has not taken the message. */
const NOT_ALLOWED = [
  "AccessDeniedException",
  "AccessDenied",
  "ForbiddenException",
  "UnauthorizedException",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "ExpiredTokenException",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "CredentialsProviderError",
];

const later = (reason: string, retryAfterMs: number): SendResult => ({
  result: "later",
  reason,
  retryAfterMs,
});

/**
 * What a person of ours has to mend: the message waits, because it may still be in time afterwards.
 * @param advice what is wrong and what to do
 */
export const untilMended = (reason: string, advice: string, minutes = 15): PutOff => ({
  result: "later",
  reason,
  retryAfterMs: minutes * MINUTE_MS,
  advice,
});

const ACCESS_ADVICE =
  "The provider refuses our credentials, or what they may do. In AWS deploy the channel's function again, and look for policies of the organization that deny the call; a hub on a machine of your own has a login at its mail server, so check that.";

const statusOf = (error: object): number | undefined => {
  const metadata: unknown = Reflect.get(error, "$metadata");
  const status: unknown =
    typeof metadata === "object" && metadata !== null ? Reflect.get(metadata, "httpStatusCode") : undefined;
  return typeof status === "number" ? status : undefined;
};

const codeOf = (error: object): string => {
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? code : "";
};

/**
 * Reads an error of an AWS client. `rules` (by error name) come first; then what all services share. Reasons are names
 * only: messages may quote addresses.
 *
 * 503 says that the request was not taken (RFC 9110, 15.6.4); any other 5xx, a timeout or a broken connection may have
 * come after the message left: null.
 */
export function readFailure(error: unknown, rules: FailureRules): SendResult | null {
  if (!(error instanceof Error)) return null;
  const known = Object.hasOwn(rules, error.name) ? rules[error.name] : undefined;
  if (known !== undefined) return known;
  if (THROTTLED.includes(error.name)) return later("throttled", SECOND_MS);
  if (NOT_CONNECTED.includes(codeOf(error)) || NEVER_CONNECTED.test(error.message))
    return later("unreachable", SECOND_MS);
  if (NOT_ALLOWED.includes(error.name)) return untilMended(error.name, ACCESS_ADVICE, 1);
  const status = statusOf(error);
  if (status === 429) return later("throttled", SECOND_MS);
  if (status === 503) return later("unavailable", SECOND_MS);
  if (status !== undefined && status >= 400 && status < 500) return { result: "refused", reason: error.name };
  return null;
}
