/**
 * How every sender's client calls its provider. One try a call: whether a message may go out twice is decided by its lane,
 * not by the client. Who does not answer is left after a third of the function's time, so that there is time to record
 * it; without `throwOnRequestTimeout` the SDK would only warn, and wait on.
 */
export const PROVIDER_CALL = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;
