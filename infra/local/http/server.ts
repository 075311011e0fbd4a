import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AwsRequest, AwsResponse } from "../aws/protocol.ts";
import { providerAt } from "../door/address.ts";
import { type HttpApi, type HttpRequest, type HttpResponse, respond } from "./messages.ts";

export const LOOPBACK = "127.0.0.1";

/** The three things that answer on the one port. */
export type Doors = {
  readonly aws: (request: AwsRequest) => Promise<AwsResponse>;
  readonly control: HttpApi;
  readonly api: HttpApi;
};

export type LocalServer = {
  readonly port: number;
  readonly url: string;
  readonly stop: () => Promise<void>;
  readonly open: (doors: Doors) => void;
};

/** Listens on the loopback only. Until `open` is called, everything is answered with 503. */
export async function listen(port: number): Promise<LocalServer> {
  let doors: Doors | null = null;
  const server: Server = createServer((request, response) => {
    void answer(doors, request, response);
  });
  // Longer than any client keeps a connection, so that the server never closes one that is about to be used.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, resolve);
  });
  const address: AddressInfo | string | null = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    port: bound,
    url: `http://${LOOPBACK}:${bound}`,
    open: (given) => {
      doors = given;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  doors: Doors | null,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const request = await readRequest(incoming);
    if (doors === null) return write(outgoing, UNAVAILABLE);
    const path = request.url.split("?")[0] ?? "/";
    if (path === "/_local" || path.startsWith("/_local/"))
      return write(outgoing, await doors.control(request));
    const provider = providerAt(path);
    if (provider !== null || (request.headers.authorization ?? "").startsWith("AWS4-HMAC-SHA256")) {
      return write(outgoing, await doors.aws({ ...awsRequest(request), ...provider }));
    }
    write(outgoing, await doors.api(request));
  } catch (error) {
    if (outgoing.headersSent) outgoing.destroy();
    else write(outgoing, broken(error));
  }
}

const UNAVAILABLE: HttpResponse = { status: 503, headers: { "retry-after": "1" }, body: "starting" };

const broken = (error: unknown): HttpResponse => {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return respond(500, "text/plain", `the local cloud failed: ${reason}`);
};

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
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

function awsRequest(request: HttpRequest): AwsRequest {
  const [path = "/", query = ""] = request.url.split("?");
  return {
    method: request.method,
    path,
    query,
    headers: request.headers,
    body: request.body.toString("utf8"),
    caller: null,
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
