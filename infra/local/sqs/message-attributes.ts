import { createHash } from "node:crypto";
import { isObject, type JsonObject } from "#kernel/json.ts";
import { textAt } from "../aws/json.ts";
import type { MessageAttribute, MessageAttributes } from "./model.ts";

/** Reads `MessageAttributes` of a request; null when there are none. */
export function parseAttributes(input: JsonObject): MessageAttributes | null {
  const parsed: { [name: string]: MessageAttribute } = {};
  for (const [name, value] of Object.entries(input)) {
    if (!isObject(value)) continue;
    const stringValue = textAt(value, "StringValue");
    const binaryValue = textAt(value, "BinaryValue");
    parsed[name] = {
      DataType: textAt(value, "DataType") ?? "String",
      ...(stringValue === undefined ? {} : { StringValue: stringValue }),
      ...(binaryValue === undefined ? {} : { BinaryValue: binaryValue }),
    };
  }
  return Object.keys(parsed).length === 0 ? null : parsed;
}

/** The digest SQS gives over message attributes ("Calculating the MD5 message digest", SQS developer guide). */
export function md5OfAttributes(attributes: MessageAttributes): string {
  const hash = createHash("md5");
  const part = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of Object.keys(attributes).sort()) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    part(Buffer.from(name));
    part(Buffer.from(attribute.DataType));
    const isBinary = attribute.DataType.startsWith("Binary");
    hash.update(Buffer.from([isBinary ? 2 : 1]));
    part(
      isBinary
        ? Buffer.from(attribute.BinaryValue ?? "", "base64")
        : Buffer.from(attribute.StringValue ?? ""),
    );
  }
  return hash.digest("hex");
}
