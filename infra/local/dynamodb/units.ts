import type { Item } from "./dynalite.ts";

/** Bytes of an item as DynamoDB bills them ("Item sizes and formats" in the developer guide). */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + valueBytes(value);
  return bytes;
}

function valueBytes(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  for (const [type, content] of Object.entries(value)) return typedBytes(type, content);
  return 0;
}

function typedBytes(type: string, content: unknown): number {
  if (type === "S") return typeof content === "string" ? Buffer.byteLength(content) : 0;
  if (type === "N") return typeof content === "string" ? numberBytes(content) : 0;
  if (type === "B") return typeof content === "string" ? Buffer.byteLength(content, "base64") : 0;
  if (type === "BOOL" || type === "NULL") return 1;
  if (type === "M") return 3 + mapBytes(content);
  if (!Array.isArray(content)) return 0;
  if (type === "L") return content.reduce((sum: number, member) => sum + 1 + valueBytes(member), 3);
  const member = type.slice(0, 1);
  return content.reduce((sum: number, one) => sum + typedBytes(member, one), 0);
}

function mapBytes(content: unknown): number {
  if (typeof content !== "object" || content === null) return 0;
  let bytes = 0;
  for (const [name, value] of Object.entries(content))
    bytes += 1 + Buffer.byteLength(name) + valueBytes(value);
  return bytes;
}

/** One byte for each two significant digits and one more; a negative number takes another. */
function numberBytes(text: string): number {
  const digits = text
    .replace(/[eE].*$/, "")
    .replace(/[^0-9]/g, "")
    .replace(/^0+|0+$/g, "").length;
  return Math.ceil(digits / 2) + 1 + (text.startsWith("-") ? 1 : 0);
}

export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

export const readUnits = (bytes: number, consistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
