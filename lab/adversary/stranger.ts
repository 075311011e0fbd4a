import { Agent, type IncomingMessage, request } from "node:http";
import type { Attack } from "./attack.ts";

export type Answer = {
  readonly status: number;
  /** Where it leads, as a browser at the hub understands it. */
  readonly location: string | null;
  /** Lines of `Set-Cookie`. */
  readonly cookies: readonly string[];
  readonly body: string;
};

const bytesOf = ({ method, body }: Attack): string | undefined => {
  if (method === "GET" || method === "HEAD" || body === undefined) return undefined;
  return typeof body === "string" ? body : JSON.stringify(body);
};

/** Somebody with the write key alone, who sends whatever they like: no client of theirs puts addresses right. */
export const strangerTo = (url: string, writeKey: string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const { hostname, port } = new URL(url);
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`;
  const keyed = { authorization, "content-type": "application/json" };

  const answerOf = async (response: IncomingMessage): Promise<Answer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const { location } = response.headers;
    return {
      status: response.statusCode ?? 0,
      location: location === undefined || !URL.canParse(location, url) ? null : new URL(location, url).href,
      cookies: response.headers["set-cookie"] ?? [],
      body: Buffer.concat(chunks).toString("utf8"),
    };
  };
  const ask = (attack: Attack): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { method, path, headers = keyed } = attack;
      const body = bytesOf(attack);
      const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
      const call = request({ agent, hostname, port, method, path, headers: { ...headers, ...length } });
      call.on("response", (response) => void answerOf(response).then(resolve, reject));
      call.on("error", reject);
      call.end(body);
    });
  return { ask, leave: () => agent.destroy() };
};
