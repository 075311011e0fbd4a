import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it } from "vitest";
import { EXAMPLE } from "#channels/webhook/message.ts";
import { CONTRACT_IDS } from "#ports/provider-contract.ts";
import { webhook } from "#providers/standard-webhooks/sender.ts";
import { VIA } from "#providers/standard-webhooks/settings.ts";

const SECRET = `whsec_${Buffer.from("a secret of the two of us").toString("base64")}`;

let stop = (): void => {};
afterEach(() => stop());

/** A system that answers so; its address as a gateway has it. */
const systemThat = async (answers: RequestListener): Promise<string> => {
  const server = createServer(answers).listen(0, "127.0.0.1");
  await once(server, "listening");
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const sendBy = (given: { via: string; url?: string }) =>
  webhook
    .connect({
      setting: (name) => (name === VIA ? given.via : ""),
      secret: (name) => (name === "secret" ? SECRET : (given.url ?? "https://system.example/in")),
      account: "default",
      patience: { connectMs: 2_000, answerMs: 5_000 },
      now: () => Date.now(),
    })
    .send(EXAMPLE, CONTRACT_IDS);

describe("a message by Standard Webhooks", () => {
  it("is signed so that the specification's own library takes it", async () => {
    const verified: unknown[] = [];
    const via = await systemThat(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const headers = request.headers as Record<string, string>;
      verified.push(headers["webhook-id"], new Webhook(SECRET).verify(Buffer.concat(chunks), headers));
      response.end();
    });
    expect(await sendBy({ via })).toEqual({ result: "accepted", providerMessageId: "msg_1" });
    expect(verified).toEqual([
      "msg_1",
      expect.objectContaining({ type: "message.send", data: { messageId: "msg_1", ...EXAMPLE } }),
    ]);
  });

  it.each([
    "https://127.0.0.1/in",
    "https://localhost/in",
    "https://[::1]/in",
    "https://[::ffff:10.0.0.1]/in",
    "https://2130706433/in",
    "https://0x7f.1/in",
    "https://169.254.169.254/latest/meta-data",
    "https://192.168.1.1/in",
    "https://[fd00::1]/in",
  ])("never goes to %s", async (url) => {
    expect(await sendBy({ via: "direct", url })).toMatchObject({ result: "later", reason: "not public" });
  });

  it("goes over TLS alone, to an address without a login", async () => {
    for (const url of [
      "http://system.example/",
      "https://a:b@system.example/",
      "file:///etc/passwd",
      "nothing",
    ]) {
      expect(await sendBy({ via: "direct", url })).toMatchObject({ result: "later", reason: "account" });
      expect(webhook.account?.examine?.({ secret: SECRET, url })).toMatch(/url/);
    }
    expect(webhook.account?.examine?.({ secret: "whsec_c2hvcnQ=" })).toMatch(/secret/);
    expect(webhook.account?.examine?.({ secret: SECRET })).toBeNull();
  });
});
