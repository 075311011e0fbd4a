import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ApiAnswer } from "#ports/provider-contract.ts";

export type Call = { readonly path: string; readonly body: unknown };
type ReadBody = (body: string) => unknown;
export type Behaviour = ApiAnswer | "silent" | "breaks off";

/** Answers in a provider's place, over the wire. */
export type Counterpart = {
  readonly url: string;
  readonly behave: (as: Behaviour) => void;
  /** @param readBody absent: bodies are JSON */
  readonly calls: (readBody?: ReadBody) => readonly Call[];
  readonly forget: () => void;
  readonly stop: () => void;
};

/** An API that speaks JSON over HTTP, and behaves as it is told. */
export const httpCounterpart = async (): Promise<Counterpart> => {
  let behaviour: Behaviour = "silent";
  let calls: { readonly path: string; readonly text: string }[] = [];
  const answer = (response: ServerResponse): void => {
    if (behaviour === "silent") return;
    if (behaviour === "breaks off") {
      response.destroy();
      return;
    }
    response.writeHead(behaviour.status, { "content-type": "application/json", ...behaviour.headers });
    response.end(JSON.stringify(behaviour.body));
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    calls.push({ path: request.url ?? "", text: Buffer.concat(chunks).toString("utf8") });
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behave: (as) => {
      behaviour = as;
    },
    calls: (readBody = JSON.parse) => calls.map(({ path, text }) => ({ path, body: readBody(text) })),
    forget: () => {
      calls = [];
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
