import { SSMClient } from "@aws-sdk/client-ssm";

const NO_REGION =
  "no AWS region is set. Name the one of your deployment: AWS_REGION=eu-central-1, or `region` of your profile in ~/.aws/config";
const NO_CREDENTIALS =
  "no AWS credentials were found. Log in (`aws sso login`, `aws configure`) or name a profile with AWS_PROFILE, until `aws sts get-caller-identity` answers";
const REFUSED =
  "AWS does not take these credentials; they may have expired. Log in again, until `aws sts get-caller-identity` answers";

/** Errors of AWS about who asks, by name ("Common Errors"). */
const OF_CREDENTIALS: readonly string[] = [
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "TokenProviderError",
  "UnrecognizedClientException",
];

/** The host that has no address, as Node says it, or `fetch` behind its own error. */
const unknownHost = (error: Error): string | undefined => {
  const { cause, code, hostname }: Error & { code?: unknown; hostname?: unknown } = error;
  if (code === "ENOTFOUND" && typeof hostname === "string") return hostname;
  return cause instanceof Error ? unknownHost(cause) : undefined;
};

/** What to do where AWS could not be asked for want of a region, credentials or a network; undefined where something else is wrong. */
export const accessAdvice = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  // The SDK tells both by words only.
  if (/region is missing/i.test(error.message)) return NO_REGION;
  if (/could not load credentials/i.test(error.message)) return NO_CREDENTIALS;
  const host = unknownHost(error);
  if (host !== undefined) return `${host} is not found: is the region's name right, and is there a network?`;
  if (OF_CREDENTIALS.includes(error.name)) return REFUSED;
  // What a profile lacks (a login, a file, a role) the SDK says well itself.
  return error.name === "CredentialsProviderError" ? error.message : undefined;
};

/**
 * Looks whether AWS can be asked at all, without asking it. Throws what to do where it cannot.
 * @param profile default: the environment's
 */
export const checkAccess = async (profile: string | undefined): Promise<void> => {
  const { config } = new SSMClient(profile === undefined ? {} : { profile });
  for (const look of [config.region, config.credentials]) {
    await look().catch((cause: unknown) => {
      throw new Error(accessAdvice(cause) ?? String(cause), { cause });
    });
  }
};
