import type { SendResult } from "#ports/provider.ts";
import { type FailureRules, readFailure, untilMended } from "#providers/wire/failure.ts";

const NO_SENDER = untilMended(
  "sender missing",
  "The number, pool or sender id of channels.sms.from (playbook.yaml) is not in this account and region, or none fits the country. Request it in End User Messaging, or correct the playbook and publish.",
  5,
);
const NOT_ACTIVE = untilMended(
  "sender not active",
  "The number, pool or sender id of channels.sms.from (playbook.yaml) is not active yet. Look at its status and registration in End User Messaging; carriers take days to weeks.",
);
const NOT_REGISTERED = untilMended(
  "sender not registered",
  "The country takes text messages of registered senders only. Register the sender id or number in End User Messaging, or name one that is registered under channels.sms.from and publish.",
);
const NOT_FOR_THIS = untilMended(
  "sender does not fit",
  "The number or sender id of channels.sms.from (playbook.yaml) may not send this kind of message or to this country. Compare its type and capabilities in End User Messaging, and name another one.",
);
const SANDBOX = untilMended(
  "sandbox",
  "The account is in the sandbox of End User Messaging, which sends to verified numbers only. Ask AWS Support to move it to production.",
);
const ACCOUNT = untilMended(
  "account disabled",
  "AWS has disabled text messages for this account. Look at End User Messaging and the AWS Health Dashboard, and answer the case that AWS opened.",
);
const SPENDING_LIMIT = untilMended(
  "quota",
  "The month's spending limit or another quota of End User Messaging is used up. Raise it, and ask AWS for a higher one in Service Quotas where that is not enough.",
);

/** Our side's fault, as `Reason` of a ConflictException, ValidationException or AccessDeniedException names it. */
const OURS: Readonly<Record<string, SendResult>> = {
  RESOURCE_NOT_ACTIVE: NOT_ACTIVE,
  REGISTRATION_NOT_COMPLETE: NOT_ACTIVE,
  NO_ORIGINATION_IDENTITIES_FOUND: NO_SENDER,
  RESOURCE_NOT_ACCESSIBLE: NO_SENDER,
  INVALID_ARN: NO_SENDER,
  SENDER_ID_NOT_REGISTERED: NOT_REGISTERED,
  SENDER_ID_REQUIRES_REGISTRATION: NOT_REGISTERED,
  SENDER_ID_NOT_SUPPORTED: NOT_FOR_THIS,
  NUMBER_CAPABILITIES_MISMATCH: NOT_FOR_THIS,
  MESSAGE_TYPE_MISMATCH: NOT_FOR_THIS,
  INVALID_IDENTITY_FOR_DESTINATION_COUNTRY: NOT_FOR_THIS,
  INTERNATIONAL_SENDING_NOT_SUPPORTED: NOT_FOR_THIS,
  CHANNEL_NOT_ENABLED: NOT_FOR_THIS,
  DESTINATION_PHONE_NUMBER_NOT_VERIFIED: SANDBOX,
  ACCOUNT_DISABLED: ACCOUNT,
  INSUFFICIENT_ACCOUNT_REPUTATION: ACCOUNT,
};

/** The recipient's or the message's own; asking again changes nothing. */
const REFUSED: Readonly<Record<string, string>> = {
  DESTINATION_PHONE_NUMBER_OPTED_OUT: "opted out",
  DESTINATION_COUNTRY_BLOCKED: "DESTINATION_COUNTRY_BLOCKED",
  INVALID_PARAMETER: "INVALID_PARAMETER",
};

/** Names from the API reference of SendTextMessage (pinpoint-sms-voice-v2), "Errors". */
const RULES: FailureRules = {
  // Opted out, protected country: asking again changes nothing.
  ConflictException: { result: "refused", reason: "ConflictException" },
  ValidationException: { result: "refused", reason: "ValidationException" },
  ResourceNotFoundException: { ...NO_SENDER, reason: "ResourceNotFound" },
  ServiceQuotaExceededException: SPENDING_LIMIT,
};

const reasonOf = (error: unknown): string => {
  const reason: unknown = error instanceof Error ? Reflect.get(error, "Reason") : undefined;
  return typeof reason === "string" ? reason : "";
};

/** What an error of End User Messaging says about the message. Null: nobody knows whether it was sent. */
export const failureOf = (error: unknown): SendResult | null => {
  const reason = reasonOf(error);
  if (Object.hasOwn(OURS, reason)) return OURS[reason] ?? null;
  const refusal = Object.hasOwn(REFUSED, reason) ? REFUSED[reason] : undefined;
  return refusal === undefined ? readFailure(error, RULES) : { result: "refused", reason: refusal };
};
