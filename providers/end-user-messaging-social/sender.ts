import { SendWhatsAppMessageCommand, SocialMessagingClient } from "@aws-sdk/client-socialmessaging";
import type { WhatsAppMessage } from "#channels/whatsapp/message.ts";
import type { ProviderSender } from "#ports/provider.ts";
import { awsCall } from "#providers/wire/aws-call.ts";
import { type FailureRules, readFailure, untilMended } from "#providers/wire/failure.ts";
import { whatsAppBody } from "#providers/wire/whatsapp-message.ts";

/** Of Meta's messages; those that the service takes are in its endpoints' table. */
const META_VERSION = "v20.0";

const NO_SENDER = untilMended(
  "sender missing",
  "What channels.whatsapp.from names (playbook.yaml) is no phone number of this account and region. Put in its id, phone-number-id-..., as End User Messaging Social shows it, and publish.",
  5,
);

/** Names from the API reference of SendWhatsAppMessage (social-messaging), "Errors". */
const RULES: FailureRules = {
  ThrottledRequestException: { result: "later", reason: "throttled", retryAfterMs: 1_000 },
  ResourceNotFoundException: NO_SENDER,
  AccessDeniedByMetaException: untilMended(
    "credentials",
    "Meta does not let AWS send for the WhatsApp account. Link it again in End User Messaging Social, with all that it asks for.",
    5,
  ),
  LimitExceededException: untilMended(
    "quota",
    "A quota of End User Messaging Social is used up. Ask AWS for a higher one in Service Quotas.",
  ),
};

/** What a number of End User Messaging Social may send a second, unless Meta has raised it. */
const MESSAGES_A_SECOND = 80;

/** WhatsApp through AWS End User Messaging Social, which hands messages on in Meta's own shape. */
export const whatsapp: ProviderSender<WhatsAppMessage> = {
  settings: [],
  connect: ({ patience }) => {
    const client = new SocialMessagingClient(awsCall(patience));
    return {
      rate: { limit: async () => ({ perSecond: MESSAGES_A_SECOND }), assumed: MESSAGES_A_SECOND },
      send: async (message, { messageId }) => {
        if (message.from === undefined) return NO_SENDER;
        try {
          const { messageId: id } = await client.send(
            new SendWhatsAppMessageCommand({
              originationPhoneNumberId: message.from,
              message: Buffer.from(JSON.stringify(whatsAppBody(message, messageId))),
              metaApiVersion: META_VERSION,
            }),
          );
          return { result: "accepted", providerMessageId: id ?? "" };
        } catch (error) {
          const failure = readFailure(error, RULES);
          if (failure === null) throw error;
          return failure;
        }
      },
    };
  },
};
