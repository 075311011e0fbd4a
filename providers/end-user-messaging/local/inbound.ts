import { parseObject, textAt } from "#infra/local/aws/json.ts";
import type { Delivery, Inbound, LocalDoor } from "#infra/local/door/provider-local.ts";

/** The number of ours that texts go to where nobody says which. */
const OUR_NUMBER = "+12065550100";

/** "Two-way SMS message payload", End User Messaging user guide. */
export function bringInText(door: LocalDoor, inbound: Inbound): Delivery {
  const { raw, from, to = OUR_NUMBER, text, inReplyTo, providerMessageId } = inbound;
  const delivered = door.receive(
    raw ??
      JSON.stringify({
        originationNumber: from,
        destinationNumber: to,
        messageKeyword: "keyword_local",
        messageBody: text,
        inboundMessageId: providerMessageId,
        ...(inReplyTo === undefined ? {} : { previousPublishedMessageId: inReplyTo }),
      }),
  );
  const told = parseObject(raw ?? "") ?? {};
  const id = textAt(told, "inboundMessageId") ?? providerMessageId;
  return delivered.ok ? { ...delivered, providerMessageId: id } : delivered;
}
