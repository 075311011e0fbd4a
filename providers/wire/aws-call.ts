import type { Patience } from "#ports/provider.ts";

/** How an AWS client calls once. Without `throwOnRequestTimeout` the SDK would only warn, and wait on. */
export const awsCall = ({ connectMs, answerMs }: Patience) => ({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: connectMs, requestTimeout: answerMs, throwOnRequestTimeout: true },
});
