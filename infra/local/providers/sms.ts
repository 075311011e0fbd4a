import { randomUUID } from "node:crypto";
import { objectAt, parseObject, textAt } from "../aws/json.ts";
import { AwsError, jsonResponse, type Service } from "../aws/protocol.ts";
import type { Outbox } from "./outbox.ts";

type Around = {
  readonly outbox: Outbox;
  readonly now: () => number;
  readonly configurationSets: ReadonlySet<string>;
};

const MAX_BODY = 1600;

/** End User Messaging SMS: SendTextMessage is captured. */
export function createSmsService(around: Around): Service {
  return (operation, request) => {
    if (operation !== "SendTextMessage") return null;
    const input = parseObject(request.body) ?? {};
    const to = textAt(input, "DestinationPhoneNumber") ?? "";
    const configurationSet = textAt(input, "ConfigurationSetName");
    const text = textAt(input, "MessageBody") ?? "";
    if (!/^\+?[1-9][0-9]{1,18}$/.test(to))
      throw invalid("DestinationPhoneNumber is not a phone number in E.164 form");
    if (text === "" || text.length > MAX_BODY)
      throw invalid(`MessageBody must have between 1 and ${MAX_BODY} characters`);
    if (configurationSet !== undefined && !around.configurationSets.has(configurationSet)) {
      throw new AwsError("ResourceNotFoundException", `Configuration set ${configurationSet} does not exist`);
    }
    const id = randomUUID();
    if (input.DryRun === true) return jsonResponse({ MessageId: id });
    const context: { [name: string]: string } = {};
    for (const [name, value] of Object.entries(objectAt(input, "Context"))) context[name] = String(value);
    around.outbox.add({
      channel: "sms",
      provider: "sms-voice",
      to,
      from: textAt(input, "OriginationIdentity") ?? "",
      text,
      messageId: context.messageId ?? null,
      providerMessageId: id,
      at: new Date(around.now()).toISOString(),
      tags: context,
      ...(configurationSet === undefined ? {} : { configurationSet }),
      function: request.caller,
    });
    return jsonResponse({ MessageId: id });
  };
}

const invalid = (message: string): AwsError => new AwsError("ValidationException", message);
