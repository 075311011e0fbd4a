import { isObject, type Json, type JsonObject } from "#kernel/json.ts";
import { shownProperties } from "../../customer/public-values.ts";
import type { PlaybookDocument } from "../../playbook/model/document.ts";
import type { Message } from "../../records/message.ts";
import type { RenderScope } from "./render.ts";

/** What Liquid sees of a message. What a public key said is shown as anybody's word is (customer/public-values.ts). */
export const scopeOf = (
  message: Pick<Message, "event" | "data" | "channel" | "standing">,
  customer: RenderScope["customer"],
  playbook: PlaybookDocument,
): RenderScope => {
  const { event = {}, data, channel, standing } = message;
  const { name } = event;
  const shown = (properties: JsonObject): JsonObject =>
    standing === "public" && typeof name === "string"
      ? objectOf(shownProperties(playbook, name, properties))
      : properties;
  return { customer, event: shown(event), data: shown(data), context: { channel } };
};

const objectOf = (value: Json): JsonObject => (isObject(value) ? value : {});
