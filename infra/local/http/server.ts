import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, isIPv6 } from "node:net";
import { type HttpApi, type HttpRequest, type HttpResponse, respond } from "./messages.ts";
import { problem } from "./problem.ts";
import { isHub, takenAdvice } from "./taken-port.ts";

export const LOOPBACK = "127.0.0.1";

export type LocalServer = {
  readonly port: number;
  readonly url: string;
  readonly stop: () => Promise<void>;
  readonly open: (door: HttpApi) => void;
  /** Answers 503 again. */
  readonly close: () => void;
};

/** Where to listen; port 0 takes any that is free. */
export type Address = {
  readonly port: number;
  readonly host?: string;
  /** What one sets to choose another port, for whoever reads why it did not work: `PORT`. */
  readonly setting: string;
};

/** More than this of a body is read away and not kept, in bytes: whoever answers sees that it is too long. */
const MOST_KEPT = 16 * 1024 * 1024;

/**
 * Listens, on the loopback unless told otherwise. Until `open` is called, everything is answered with 503.
 * @throws Error that says what to do where the port cannot be had
 */
export async function listen(wanted: Address): Promise<LocalServer> {
  const { port, host = LOOPBACK } = wanted;
  const closed: HttpApi = async () => UNAVAILABLE;
  let door = closed;
  const server: Server = createServer((request, response) => {
    void answer(door, request, response);
  });
  // Longer than any client keeps a connection, so that the server never closes one that is about to be used.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  }).catch(async (error: NodeJS.ErrnoException) => {
    throw new Error(await whyNot(error, wanted), { cause: error });
  });
  const address: AddressInfo | string | null = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    port: bound,
    url: `http://${nameOf(host)}:${bound}`,
    open: (given) => {
      door = given;
    },
    close: () => {
      door = closed;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As it stands in a URL; who listens at every address is reached at the loopback. */
function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return LOOPBACK;
  return isIPv6(host) ? `[${host}]` : host;
}

async function whyNot(
  error: NodeJS.ErrnoException,
  { port, host = LOOPBACK, setting }: Address,
): Promise<string> {
  switch (error.code) {
    case "EADDRINUSE":
      return takenAdvice(port, setting, await isHub(`http://${nameOf(host)}:${port}`));
    case "EACCES":
      return `port ${port} is kept for the system: choose one above 1023 with ${setting}`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this machine: give one that is, or 0.0.0.0 for all`;
    default:
      return `cannot listen at ${host}:${port}: ${error.message}`;
  }
}

async function answer(door: HttpApi, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    write(outgoing, await door(await readRequest(incoming)));
  } catch (error) {
    // Nobody reads it any more where the caller broke off.
    if (incoming.destroyed && !incoming.complete) return;
    process.stderr.write(`the local cloud failed: ${reasonOf(error)}\n`);
    if (outgoing.headersSent) outgoing.destroy();
    else write(outgoing, BROKEN);
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

const UNAVAILABLE: HttpResponse = {
  ...respond(503, "text/plain", "not now"),
  headers: { "retry-after": "1" },
};

/** What went wrong stands on the console: whoever asks may be anybody. */
const BROKEN: HttpResponse = problem(500, "internal_error", "the hub failed; its console says why");

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let kept = 0;
  for await (const chunk of incoming) {
    if (kept > MOST_KEPT) continue;
    chunks.push(chunk);
    kept += chunk.length;
  }
  const headers: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(",") : value;
  }
  return {
    method: incoming.method ?? "GET",
    url: incoming.url ?? "/",
    headers,
    body: Buffer.concat(chunks),
    sourceIp: incoming.socket.remoteAddress ?? LOOPBACK,
  };
}

function write(outgoing: ServerResponse, response: HttpResponse): void {
  const body = typeof response.body === "string" ? Buffer.from(response.body) : response.body;
  outgoing.statusCode = response.status;
  for (const [name, value] of Object.entries(response.headers)) outgoing.setHeader(name, value);
  if (response.cookies?.length) outgoing.setHeader("set-cookie", [...response.cookies]);
  if (response.status !== 204 && response.status !== 304) outgoing.setHeader("content-length", body.length);
  outgoing.end(body);
}
