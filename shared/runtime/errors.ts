import { RapportError } from "#kernel/errors.ts";

/** Names of errors of the SDK, and of the network below it, that say nothing about our request: it may succeed later. */
const PASSING = new Set([
  "ProvisionedThroughputExceededException",
  "ProvisionedThroughputExceeded",
  "ThrottlingException",
  "ThrottlingError",
  "Throttling",
  "RequestLimitExceeded",
  "RequestThrottled",
  "TooManyRequestsException",
  "KMSThrottlingException",
  "TransactionConflictException",
  "TransactionConflict",
  "TransactionInProgressException",
  "InternalServerError",
  "InternalFailure",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "RequestTimeout",
  "TimeoutError",
  "ECONNRESET",
  "ECONNREFUSED",
  "ETIMEDOUT",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

/** Names of errors that say of our request what the service will say of it again: too large, or not as it must be. */
const LASTING = new Set([
  "ValidationException",
  "ValidationError",
  "ItemCollectionSizeLimitExceededException",
  "ItemCollectionSizeLimitExceeded",
  "InvalidParameterValue",
  "InvalidMessageContents",
  "BatchRequestTooLong",
  "RequestEntityTooLargeException",
]);

/** Name and code of an error; of a cancelled transaction also why each part was refused (DynamoDB, TransactWriteItems). */
const namesOf = (error: unknown): readonly string[] => {
  if (!(error instanceof Error)) return [];
  const reasons =
    "CancellationReasons" in error && Array.isArray(error.CancellationReasons)
      ? error.CancellationReasons.map((reason: { readonly Code?: string } | undefined) => reason?.Code ?? "")
      : [];
  return [error.name, "code" in error ? String(error.code) : "", ...reasons];
};

const statusOf = (error: unknown): number | undefined =>
  typeof error === "object" && error !== null && "$metadata" in error
    ? (error.$metadata as { httpStatusCode?: number }).httpStatusCode
    : undefined;

/** Anything thrown becomes an entry of the catalogue: an AWS service that does not answer is 503, the rest is 500. */
export const asRapportError = (error: unknown): RapportError => {
  if (error instanceof RapportError) return error;
  const names = namesOf(error);
  if (names.some((name) => LASTING.has(name))) {
    return new RapportError("impossible", "a service we need refuses this", { cause: error });
  }
  if (names.some((name) => PASSING.has(name)) || (statusOf(error) ?? 0) >= 500) {
    return new RapportError("unavailable", "a service we need does not answer, try again", {
      cause: error,
      retryAfter: 1,
    });
  }
  return new RapportError("internal", "something went wrong on our side", { cause: error });
};
