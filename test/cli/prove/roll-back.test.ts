import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { rollBack } from "#cli/prove/roll-back.ts";

let server: Server | undefined;
afterEach(() => server?.close());

/** Lambda as far as it is asked: one alias, and a version more each time after a new configuration. */
const startLambda = async ({ obeys = true } = {}) => {
  const state = { alias: "1", version: 1, changed: false, calls: [] as string[] };
  const answer = (call: string, body: Record<string, string>): object => {
    if (call === "PUT /aliases/live" && obeys) state.alias = body.FunctionVersion ?? "";
    if (call === "PUT /configuration") state.changed = true;
    if (call === "POST /versions" && state.changed) state.version += 1;
    return { FunctionVersion: state.alias, Version: String(state.version), LastUpdateStatus: "Successful" };
  };
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const call = `${request.method} ${request.url?.replace("/2015-03-31/functions/rapport-test-x", "")}`;
      state.calls.push(call);
      expect(request.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 .*\/lambda\/aws4_request/);
      response.end(JSON.stringify(answer(call, JSON.parse(Buffer.concat(chunks).toString() || "{}"))));
    });
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const address = listening.address();
  const port = typeof address === "object" ? address?.port : 0;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const aws = { endpoint: `http://127.0.0.1:${port}`, region: "us-east-1", credentials };
  return { state, aws };
};

const until = async <T>(what: string, ask: () => Promise<T | undefined>): Promise<T> => {
  const found = await ask();
  if (found === undefined) throw new Error(what);
  return found;
};

describe("going back to the version before", () => {
  it("makes a second version, points the alias at it and back", async () => {
    const { state, aws } = await startLambda();
    expect(await rollBack({ aws, functionName: "rapport-test-x", until })).toEqual(["1", "2"]);
    expect(state.alias).toBe("1");
    expect(state.calls.filter((call) => call === "PUT /aliases/live")).toHaveLength(2);
  });

  it("fails where the alias does not do what it is told", async () => {
    const { aws } = await startLambda({ obeys: false });
    await expect(rollBack({ aws, functionName: "rapport-test-x", until })).rejects.toThrow(
      "the alias shows version 1 instead of 2",
    );
  });
});
