import http from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { Readable, Writable } from "node:stream";
import type { FromWorker, ToWorker } from "./messages.ts";

type Send = (message: FromWorker) => void;
type Endpoint = { readonly host: string; readonly port: number };
type Answer = Extract<ToWorker, { kind: "response" }>;
type Listener = (response: http.IncomingMessage) => void;

/**
 * Carries HTTP requests for the local cloud's endpoint over the thread's message port. Over TCP an AWS client on such
 * a machine makes some 700 calls a second, whatever answers; this way it is several times as many, and the handlers'
 * code stays untouched. Every other request takes the usual way.
 * @returns takes the answers that come back over the port
 */
export function carryRequestsOverPort(endpoint: Endpoint, send: Send): (answer: Answer) => void {
  const waiting = new Map<number, PortRequest>();
  let last = 0;
  const original = http.request;
  const begin = (options: http.RequestOptions, listener: Listener | undefined): PortRequest => {
    last += 1;
    const request = new PortRequest(last, options, send, () => waiting.delete(request.id));
    if (listener !== undefined) request.once("response", listener);
    waiting.set(request.id, request);
    return request;
  };
  const isOurs = (options: http.RequestOptions): boolean =>
    (options.hostname ?? options.host) === endpoint.host && Number(options.port) === endpoint.port;

  const request = (...given: Parameters<typeof http.request>): unknown => {
    const [first, second, third] = given;
    const listener = [second, third].find((one) => typeof one === "function");
    const options = optionsOf(first, typeof second === "function" ? undefined : second);
    return isOurs(options) ? begin(options, listener) : original(...given);
  };
  Object.assign(http, {
    request,
    get: (...given: Parameters<typeof http.request>) => {
      const started = request(...given);
      if (started instanceof Writable) started.end();
      else if (started instanceof http.ClientRequest) started.end();
      return started;
    },
  });
  syncBuiltinESMExports();
  return (answer) => waiting.get(answer.id)?.answer(answer);
}

function optionsOf(
  first: string | URL | http.RequestOptions,
  second: http.RequestOptions | undefined,
): http.RequestOptions {
  if (typeof first !== "string" && !(first instanceof URL)) return first;
  const url = new URL(first);
  return { hostname: url.hostname, port: url.port, path: url.pathname + url.search, ...second };
}

/** The part of `http.ClientRequest` that clients use. */
class PortRequest extends Writable {
  readonly id: number;
  /** Connected from the beginning: without it a client that waits for a connection would give up on a slow answer. */
  readonly socket = { connecting: false, destroy: () => undefined, setTimeout: () => undefined };
  readonly #options: http.RequestOptions;
  readonly #send: Send;
  readonly #forget: () => void;
  readonly #chunks: Buffer[] = [];

  constructor(id: number, options: http.RequestOptions, send: Send, forget: () => void) {
    // Closed when the answer is there, as a client's request is, not when the body is written.
    super({ decodeStrings: true, autoDestroy: false });
    this.id = id;
    this.#options = options;
    this.#send = send;
    this.#forget = forget;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  override _final(done: () => void): void {
    this.#send({
      kind: "request",
      id: this.id,
      method: this.#options.method ?? "GET",
      path: this.#options.path ?? "/",
      headers: plainHeaders(this.#options.headers),
      body: Buffer.concat(this.#chunks).toString("utf8"),
    });
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#forget();
    done(error);
  }

  answer(answer: Answer): void {
    this.emit("response", new PortResponse(answer));
    this.destroy();
  }

  /** The request cannot hang on a socket: the cloud answers or the worker dies. */
  setTimeout(): this {
    return this;
  }
  setNoDelay(): void {}
  setSocketKeepAlive(): void {}
  abort(): void {
    this.destroy();
  }
}

/** The part of `http.IncomingMessage` that clients use. */
class PortResponse extends Readable {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: { readonly [name: string]: string };
  readonly #body: string | Uint8Array;

  constructor(answer: Answer) {
    super();
    this.statusCode = answer.status;
    this.statusMessage = http.STATUS_CODES[answer.status] ?? "";
    this.headers = answer.headers;
    this.#body = answer.body;
  }

  override _read(): void {
    if (this.#body.length > 0) this.push(this.#body);
    this.push(null);
  }
}

/** What tells the operation; copying all the others to another thread costs more than reading them. */
const CARRIED = ["authorization", "content-type", "range", "x-amz-target"];

function plainHeaders(given: http.RequestOptions["headers"]): { readonly [name: string]: string } {
  const headers: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(given ?? {})) {
    const lower = name.toLowerCase();
    if (value !== undefined && CARRIED.includes(lower)) headers[lower] = String(value);
  }
  return headers;
}
