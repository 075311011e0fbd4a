import { createCipheriv, createDecipheriv } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import * as z from "zod/mini";
import type { CustomerId } from "../records/identity.ts";
import type { LogRecord } from "./types.ts";

/** 32 bytes. Every record about a customer is sealed with the customer's own key: once it is deleted, nobody can read them. */
export type DataKey = Uint8Array;

/** One record as it lies in the log: who and when in the clear, the rest sealed. */
export type SealedRecord = {
  readonly v: 1;
  readonly decisionId: string;
  /** Null: an anonymous decision, sealed with a key that lies beside the decision. */
  readonly customerId: CustomerId | null;
  readonly at: string;
  readonly placement: string;
  readonly playbook: string;
  /** Base64 of nonce, ciphertext and tag. */
  readonly sealed: string;
};

export const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** A record is a few KB; one that unpacks to more is not ours. */
const MAX_RECORD_BYTES = 4 * 1024 * 1024;

/** Additional data that binds the clear members to the sealed ones: neither can be changed or exchanged. */
const boundTo = ({
  decisionId,
  customerId,
  at,
  placement,
  playbook,
}: Omit<SealedRecord, "v" | "sealed">): Buffer =>
  Buffer.from(JSON.stringify([1, decisionId, customerId, at, placement, playbook]));

/**
 * AES-256-GCM over the compressed record.
 * @param nonce random bytes: a retry may seal another record under the same id, and a nonce must never serve twice (NIST
 * SP 800-38D, 8.2.2)
 */
export const sealRecord = (record: LogRecord, key: DataKey, nonce: Uint8Array): SealedRecord => {
  const { decisionId, customerId, decision } = record;
  const { at, placement, playbook } = decision;
  const clear = { decisionId, customerId, at, placement, playbook };
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(boundTo(clear));
  const body = Buffer.concat([cipher.update(deflateRawSync(JSON.stringify(record))), cipher.final()]);
  return { v: 1, ...clear, sealed: Buffer.concat([nonce, body, cipher.getAuthTag()]).toString("base64") };
};

const Sealed = z.object({
  v: z.literal(1),
  decisionId: z.string(),
  customerId: z.nullable(z.string()),
  at: z.string(),
  placement: z.string(),
  playbook: z.string(),
  sealed: z.string(),
});
/** The seal proves that we wrote it, so only its completeness is checked. */
const Opened = z.custom<LogRecord>(
  (value) =>
    typeof value === "object" && value !== null && "v" in value && value.v === 1 && "decision" in value,
);

/** A line of the log, or null when it is none. */
export const parseSealed = (line: string): SealedRecord | null => {
  try {
    const result = z.safeParse(Sealed, JSON.parse(line));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
};

/** The record, or null when the key is not the one it was sealed with or somebody changed it. */
export const openRecord = (record: SealedRecord, key: DataKey): LogRecord | null => {
  const bytes = Buffer.from(record.sealed, "base64");
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(boundTo(record));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const packed = Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)),
      decipher.final(),
    ]);
    const text = inflateRawSync(packed, { maxOutputLength: MAX_RECORD_BYTES }).toString("utf8");
    return z.parse(Opened, JSON.parse(text));
  } catch {
    return null;
  }
};
