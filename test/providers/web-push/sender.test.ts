import { createECDH, createPublicKey, verify } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { readSubscription } from "#channels/webpush/subscription.ts";
import { CONTRACT_IDS } from "#ports/provider-contract.ts";
import { decrypt, KNOWN_BROWSER } from "#providers/web-push/decrypt.ts";
import { encrypt } from "#providers/web-push/encrypt.ts";
import { webpush } from "#providers/web-push/sender.ts";
import { VIA } from "#providers/web-push/settings.ts";
import { TARGET_HEADER } from "#wire/public-call.ts";

/** RFC 8291, appendix A. */
const EXAMPLE = {
  plain: "When I grow up, I want to be a watermelon",
  salt: "DGv6ra1nlYgDCS1FRnbzlw",
  privateKey: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  publicKey: "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
  browser: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  body: "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};

describe("a notification's encryption", () => {
  it("gives what the standard's example gives, and is read by that browser alone", () => {
    const sealed = encrypt(
      EXAMPLE.plain,
      { p256dh: EXAMPLE.browser, auth: KNOWN_BROWSER.auth },
      {
        salt: Buffer.from(EXAMPLE.salt, "base64url"),
        privateKey: Buffer.from(EXAMPLE.privateKey, "base64url"),
      },
    );
    expect(sealed.toString("base64url")).toBe(EXAMPLE.body);
    expect(decrypt(sealed, KNOWN_BROWSER)).toBe(EXAMPLE.plain);
    expect(() => decrypt(sealed, { ...KNOWN_BROWSER, auth: "AAAAAAAAAAAAAAAAAAAAAA" })).toThrow();
    const again = encrypt(EXAMPLE.plain, { p256dh: EXAMPLE.browser, auth: KNOWN_BROWSER.auth });
    expect(again.equals(sealed)).toBe(false);
  });
});

let stop = (): void => {};
afterEach(() => stop());
/** Push services that answer by the path. */
const servicesAnswering = async (statuses: Readonly<Record<string, number>>) => {
  const seen: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    seen.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
    response.writeHead(statuses[request.url ?? ""] ?? 201).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  stop = () => server.close();
  return { via: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
};

const browserAt = (path: string, p256dh = EXAMPLE.browser, host = "push.example") => {
  const address = `https://${host}/${path}#${p256dh}.${KNOWN_BROWSER.auth}`;
  return { ...(readSubscription(address) ?? { endpoint: "", p256dh: "", auth: "" }), address };
};
const NOW = Date.parse(CONTRACT_IDS.deadline) - 3_600_000;
const sendTo = (via: string, browsers: readonly ReturnType<typeof browserAt>[]) => {
  const secrets: Readonly<Record<string, string>> = { ...EXAMPLE, subject: "mailto:push@shop.example" };
  const connected = webpush.connect({
    setting: (name) => (name === VIA ? via : ""),
    secret: (name) => secrets[name] ?? "",
    account: "default",
    patience: { connectMs: 2_000, answerMs: 5_000 },
    now: () => NOW,
  });
  return connected.send({ browsers, notification: { title: "Hi", body: "There", data: {} } }, CONTRACT_IDS);
};

describe("a notification", () => {
  it("comes with a token that its key has signed for the push service, and is read by the browser", async () => {
    const { seen, via } = await servicesAnswering({});
    expect(await sendTo(via, [browserAt("one")])).toEqual({
      result: "accepted",
      providerMessageId: "msg_1",
    });
    const [{ headers, body } = { headers: {}, body: "" }] = seen;
    const [, said = "", signature = "", key = ""] =
      /^vapid t=([^.]+\.[^.]+)\.([\w-]+), k=([\w-]+)$/.exec(headers.authorization ?? "") ?? [];
    expect(key).toBe(EXAMPLE.publicKey);
    const point = Buffer.from(key, "base64url");
    const x = point.subarray(1, 33).toString("base64url");
    const y = point.subarray(33).toString("base64url");
    const publicKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
    const signed = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
    expect(verify("sha256", Buffer.from(said), signed, Buffer.from(signature, "base64url"))).toBe(true);
    const claims = JSON.parse(Buffer.from(said.split(".")[1] ?? "", "base64url").toString("utf8"));
    expect(claims).toEqual({
      aud: "https://push.example",
      exp: NOW / 1_000 + 12 * 3_600,
      sub: "mailto:push@shop.example",
    });
    expect(headers).toMatchObject({ ttl: "3600", urgency: "normal", "content-encoding": "aes128gcm" });
    expect(headers.topic).toMatch(/^[\w-]{32}$/);
    expect(headers[TARGET_HEADER]).toBe("https://push.example/one");
    expect(JSON.parse(decrypt(Buffer.from(body, "base64"), KNOWN_BROWSER))).toMatchObject({ title: "Hi" });
  });

  it("is sent where one browser is there, and forgets those that are gone", async () => {
    const { via } = await servicesAnswering({ "/gone": 410, "/never": 404, "/busy": 503 });
    const [gone, never, there, busy] = ["gone", "never", "there", "busy"].map((path) => browserAt(path));
    if (!gone || !never || !there || !busy) throw new Error("no browsers");
    expect(await sendTo(via, [gone, there, busy, never])).toEqual({
      result: "accepted",
      providerMessageId: "msg_1",
      invalidAddresses: [gone.address, never.address],
    });
    expect(await sendTo(via, [gone, never])).toMatchObject({ result: "refused", address: "invalid" });
    expect(await sendTo(via, [gone, busy])).toMatchObject({ result: "later", reason: "unavailable" });
  });

  it("goes to nobody whose key is none, or whose push service is in a private network", async () => {
    const off = Buffer.from(EXAMPLE.browser, "base64url");
    off[64] = (off[64] ?? 0) ^ 1;
    const { seen, via } = await servicesAnswering({});
    const nobody = { result: "refused", reason: "address", address: "invalid" };
    expect(await sendTo(via, [browserAt("x", off.toString("base64url"))])).toEqual(nobody);
    expect(seen).toEqual([]);
    for (const host of ["127.0.0.1", "localhost", "169.254.169.254", "[::1]"])
      expect(await sendTo("direct", [browserAt("x", EXAMPLE.browser, host)])).toEqual(nobody);
  });

  it("needs keys that are a pair, and somebody to write to", () => {
    const other = createECDH("prime256v1");
    other.generateKeys();
    const { privateKey, publicKey } = EXAMPLE;
    const wrong = {
      privateKey: other.getPrivateKey().toString("base64url"),
      publicKey,
      subject: "mailto:a@shop.example",
    };
    expect(webpush.account?.examine?.(wrong)).toMatch(/pair/);
    expect(webpush.account?.examine?.({ privateKey, publicKey, subject: "somebody" })).toMatch(/subject/);
    expect(webpush.account?.examine?.({ privateKey, publicKey, subject: "https://shop.example" })).toBeNull();
  });
});
