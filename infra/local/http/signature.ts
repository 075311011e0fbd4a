import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { AwsError, errorResponse } from "../aws/protocol.ts";
import type { HttpApi, HttpRequest } from "./messages.ts";

type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

const FORM =
  /^AWS4-HMAC-SHA256 Credential=([^/, ]+)\/(\d{8})\/([^/, ]+)\/([^/, ]+)\/aws4_request, *SignedHeaders=([^, ]+), *Signature=([0-9a-f]{64})$/;
/** How far the caller's clock may be off, as AWS has it. */
const MOST_APART_MS = 5 * 60_000;

/** Answers requests that were signed with these credentials, and 403 to all others (Signature Version 4, IAM user guide). */
export const onlySigned =
  (credentials: Credentials, api: HttpApi): HttpApi =>
  async (request) =>
    isSigned(request, credentials, Date.now()) ? api(request) : NOT_SIGNED;

const NOT_SIGNED = errorResponse(
  "",
  new AwsError("InvalidSignatureException", "the request is not signed with this hub's credentials", 403),
);

/** @param now milliseconds since the epoch */
export function isSigned(request: HttpRequest, credentials: Credentials, now: number): boolean {
  const { headers, body } = request;
  const [, id, date = "", region = "", service = "", names = "", signature = ""] =
    FORM.exec(headers.authorization ?? "") ?? [];
  const time = headers["x-amz-date"] ?? "";
  const hash = headers["x-amz-content-sha256"] ?? sha256(body);
  if (id !== credentials.accessKeyId || !time.startsWith(date) || isApart(time, now)) return false;
  // What the signature stands for, host and time among it, must be signed.
  if (!["host", "x-amz-date"].every((name) => names.split(";").includes(name))) return false;
  // Other words than a hash say that the body is not signed; who signs that says so.
  if (/^[0-9a-f]{64}$/.test(hash) && hash !== sha256(body)) return false;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical(request, service, names, hash))].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  const expected = createHmac("sha256", key).update(text).digest();
  return timingSafeEqual(expected, Buffer.from(signature, "hex"));
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");

/** `20261130T041900Z` */
function isApart(time: string, now: number): boolean {
  const at = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  return !(Math.abs(at - now) <= MOST_APART_MS);
}

function canonical(
  { method, url, headers }: HttpRequest,
  service: string,
  names: string,
  hash: string,
): string {
  const [path = "/", query = ""] = url.split("?");
  const lines = names
    .split(";")
    .map((name) => `${name}:${(headers[name] ?? "").trim().replace(/ +/g, " ")}\n`);
  // Of all services S3 alone takes the path as it was sent.
  const signedPath = service === "s3" ? path : path.split("/").map(encodeFully).join("/");
  return [method, signedPath, canonicalQuery(query), lines.join(""), names, hash].join("\n");
}

const encodeFully = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

function canonicalQuery(query: string): string {
  const pairs = [...new URLSearchParams(query)].map((pair) => pair.map(encodeFully));
  // By name, then by value: joined first, `a-b` would come before `a`.
  const key = ([name = "", value = ""]: readonly string[]): string => `${name}\0${value}`;
  return pairs
    .sort((one, other) => (key(one) < key(other) ? -1 : 1))
    .map((pair) => pair.join("="))
    .join("&");
}
