import { type ClientRequest, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import type { Patience } from "#ports/provider.ts";
import { isPublic, literalOf, lookupPublic, NotPublicError } from "./public-address.ts";

/** What is read of an answer; whoever says more has said enough. */
const MOST_BYTES = 64 * 1024;
/** Names the target to a gateway that calls in our place. */
export const TARGET_HEADER = "x-rapport-target";
/** Not answered by a connection in time: nothing was sent. */
const NEVER_CONNECTED = "ENETUNREACH";

export type Posting = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly patience: Patience;
};
export type PublicCall = Posting & {
  readonly url: URL;
  /** `direct`, or the address of a gateway, without a slash at the end. */
  readonly via: string;
};

export type PublicAnswer = {
  readonly status: number;
  /** Seconds that the answer asks to wait; undefined: it does not. */
  readonly retryAfter: number | undefined;
  /** Its beginning, as far as it came in time. */
  readonly body: string;
};

/** An address that may be called, or null: it must be encrypted, and bring no login of its own. */
export const publicUrl = (text: string): URL | null => {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "https:" && url.username === "" && url.password === "" ? url : null;
};

const secondsOf = (header: string | null | undefined): number | undefined =>
  typeof header === "string" && /^\d{1,9}$/.test(header) ? Number(header) : undefined;

const begin = (target: URL, { headers, body }: Posting, lookup: LookupFunction | undefined): ClientRequest =>
  (target.protocol === "https:" ? requestHttps : requestHttp)(target, {
    method: "POST",
    // A connection of its own: one that is kept would lead where its name led before.
    agent: false,
    headers: { ...headers, "content-length": Buffer.byteLength(body) },
    ...(lookup === undefined ? {} : { lookup }),
  });

/**
 * POSTs, on a connection of its own and within its time. Rejects where no answer begins in time; of one that does not end, or
 * is long, the beginning is taken. @param lookup resolves the name; absent: as ever
 */
export const postTo = (target: URL, posting: Posting, lookup?: LookupFunction): Promise<PublicAnswer> =>
  new Promise((resolve, reject) => {
    const request = begin(target, posting, lookup);
    const { answerMs, connectMs } = posting.patience;
    const connecting = setTimeout(() => {
      request.destroy(Object.assign(new Error("no connection in time"), { code: NEVER_CONNECTED }));
    }, connectMs);
    let settle = (): void => reject(new Error("no answer in time"));
    const end = (): void => {
      clearTimeout(connecting);
      clearTimeout(waiting);
      settle();
      request.destroy();
    };
    const waiting = setTimeout(end, answerMs);
    request.on("socket", (socket) => {
      const connected = target.protocol === "https:" ? "secureConnect" : "connect";
      socket.once(connected, () => clearTimeout(connecting));
    });
    request.on("error", (error) => {
      reject(error);
      end();
    });
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      settle = () =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: secondsOf(response.headers["retry-after"]),
          body: Buffer.concat(chunks).toString("utf8"),
        });
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk.subarray(0, MOST_BYTES - bytes));
        bytes += chunk.length;
        if (bytes >= MOST_BYTES) end();
      });
      response.on("end", end);
      response.on("error", end);
    });
    request.end(posting.body);
  });

/** The gateway is ours, and looks at targets itself. Bytes that are no text it is handed in base64. */
const postVia = async ({ url, via, headers, body, patience }: PublicCall): Promise<PublicAnswer> => {
  const response = await fetch(`${via}${url.pathname}${url.search}`, {
    method: "POST",
    redirect: "manual",
    headers: { ...headers, [TARGET_HEADER]: url.href },
    body: typeof body === "string" ? body : Buffer.from(body).toString("base64"),
    signal: AbortSignal.timeout(patience.answerMs),
  }).catch((error: Error) => {
    throw error.cause instanceof Error ? error.cause : error;
  });
  return {
    status: response.status,
    retryAfter: secondsOf(response.headers.get("retry-after")),
    body: (await response.text()).slice(0, MOST_BYTES),
  };
};

/** POSTs to an address that somebody else chose: on the public network alone. A redirect is an answer like any other, and is not followed. */
export const callPublic = async (call: PublicCall): Promise<PublicAnswer> => {
  if (call.via !== "direct") return postVia(call);
  const literal = literalOf(call.url);
  if (literal !== undefined && !isPublic(literal))
    throw new NotPublicError("the address is not a public one");
  return postTo(call.url, call, lookupPublic);
};
