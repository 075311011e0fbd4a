import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { callPublic, postTo, publicUrl } from "#wire/public-call.ts";

let stop = (): void => {};
afterEach(() => stop());

const serverThat = async (answers: RequestListener): Promise<URL> => {
  const server = createServer(answers).listen(0, "127.0.0.1");
  await once(server, "listening");
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/in?a=1`);
};
const posting = (answerMs = 5_000) => ({
  headers: { "content-type": "text/plain" },
  body: "hello",
  patience: { connectMs: 2_000, answerMs },
});

describe("a call to an address of somebody else's", () => {
  it("is told what was answered, and follows no redirect", async () => {
    const asked: string[] = [];
    const url = await serverThat(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      asked.push(`${request.method} ${request.url} ${Buffer.concat(chunks)}`);
      response.writeHead(307, { location: "/elsewhere", "retry-after": "30" }).end("moved");
    });
    expect(await postTo(url, posting())).toEqual({ status: 307, retryAfter: 30, body: "moved" });
    expect(asked).toEqual(["POST /in?a=1 hello"]);
  });

  it("reads the beginning of an answer of 10 MB, and of one that does not end", async () => {
    let written = 0;
    const talks = await serverThat((_request, response) => {
      const more = (): void => {
        while (written < 10_000_000 && !response.destroyed) {
          written += 65_536;
          if (!response.write(Buffer.alloc(65_536, "x"))) return void response.once("drain", more);
        }
        response.end();
      };
      more();
    });
    const { body, status } = await postTo(talks, posting());
    expect([status, body.length]).toEqual([200, 65_536]);
    expect(written).toBeLessThan(10_000_000);
    stop();
    const hangs = await serverThat((_request, response) => void response.write("{"));
    expect(await postTo(hangs, posting(300))).toMatchObject({ status: 200, body: "{" });
  });

  it("fails where nothing is answered in time, or the connection breaks", async () => {
    await expect(postTo(await serverThat(() => {}), posting(200))).rejects.toThrow("no answer in time");
    stop();
    const breaks = await serverThat((_request, response) => void response.destroy());
    await expect(postTo(breaks, posting())).rejects.toThrow();
  });

  it("is not made to this machine, by whatever name", async () => {
    for (const name of ["127.0.0.1", "localhost", "[::1]", "0x7f000001", "169.254.169.254"]) {
      const url = publicUrl(`https://${name}/in`);
      expect(url).not.toBeNull();
      const call = callPublic({ ...posting(), via: "direct", url: url ?? new URL("https://none.example") });
      await expect(call, name).rejects.toMatchObject({ name: "NotPublicError" });
    }
  });
});
