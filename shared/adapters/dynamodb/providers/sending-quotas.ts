import { ConditionalCheckFailedException, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { DAY_MS, SECOND_MS } from "#kernel/time.ts";
import type { SendingQuotas } from "#ports/sending-quotas.ts";
import { attributes, keyOf, type Table } from "../requests/items.ts";

/** An item for each sender and day, beside the sums of its account; gone a day after its own. */
export const dynamoSendingQuotas = ({ client, table }: Table): SendingQuotas => ({
  take: async ({ channel, sender, day }, units, most) => {
    if (units > most) return false;
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(`quota ${channel}`, `${day} ${sender}`),
          UpdateExpression: "SET #expires = :expires ADD #used :units",
          ConditionExpression: "attribute_not_exists(#used) OR #used <= :before",
          ExpressionAttributeNames: { "#used": "used", "#expires": "expires" },
          ExpressionAttributeValues: attributes({
            ":units": units,
            ":before": most - units,
            ":expires": Math.floor((Date.parse(day) + 2 * DAY_MS) / SECOND_MS),
          }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
});
