import { gzipSync } from "node:zlib";
import type { HttpResult } from "./http-response.ts";

/** A function answers 6 MB at the most. What comes near is packed; what is small is not worth the time. */
const PACKED_FROM = 1024 * 1024;

/** `gzip` among what is taken, and not told off with a weight of nothing. */
const TAKES_GZIP = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i;

/** A large answer as fewer bytes, for those who take it so. */
export const packed = (result: HttpResult, acceptEncoding: string | undefined): HttpResult => {
  const { body, headers, isBase64Encoded } = result;
  const isWorthIt = !isBase64Encoded && body.length >= PACKED_FROM;
  if (!isWorthIt || !TAKES_GZIP.test(acceptEncoding ?? "")) return result;
  return {
    ...result,
    headers: { ...headers, "content-encoding": "gzip", vary: "accept-encoding" },
    body: gzipSync(body).toString("base64"),
    isBase64Encoded: true,
  };
};
