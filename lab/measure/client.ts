import { Agent, request } from "node:http";

/** The secret key where a server's SDK has its write key: shops tell of orders so. */
const SERVER = `Basic ${Buffer.from("local-secret-key:").toString("base64")}`;
const SECRET = "Bearer local-secret-key";

export type Reply = { readonly status: number; readonly body: string };
/** Calls the hub: `collect` as SDKs of servers do, `api` as Bearer. */
export type Client = {
  readonly collect: (path: string, body: unknown) => Promise<Reply>;
  readonly api: (method: string, path: string, body?: unknown) => Promise<Reply>;
  readonly close: () => void;
};

/** A client of the hub with the local cloud's keys, over at most `connections` connections that stay open. */
export const clientOf = (url: string, connections: number): Client => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = (method: string, path: string, authorization: string, body?: unknown): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const call = request(
        url + path,
        { method, agent, headers: { authorization, "content-type": "application/json" } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
          );
          response.on("error", reject);
        },
      );
      call.on("error", reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return {
    collect: (path, body) => send("POST", `/v1/${path}`, SERVER, body),
    api: (method, path, body) => send(method, path, SECRET, body),
    close: () => agent.destroy(),
  };
};

/** Runs `work` for 0 to `count` - 1, `width` of them at a time. */
export const inParallel = async (
  count: number,
  width: number,
  work: (index: number) => Promise<void>,
): Promise<void> => {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
};

/** Passes on an answer of 2xx; throws on any other. */
export const succeed = (reply: Reply): Reply => {
  if (reply.status >= 200 && reply.status < 300) return reply;
  throw new Error(`the hub answered ${reply.status}: ${reply.body.slice(0, 300)}`);
};
