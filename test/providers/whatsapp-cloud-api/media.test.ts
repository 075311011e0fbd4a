import { afterEach, describe, expect, it, vi } from "vitest";
import { fetchMedia } from "#providers/whatsapp-cloud-api/media.ts";

const API = "https://graph.facebook.com/v23.0";
const FILE = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1";
const picture = Buffer.from("a picture");

afterEach(() => vi.unstubAllGlobals());

/** Meta answers so, in turn; what it was asked is told. */
const answering = (...answers: readonly Response[]) => {
  const asked: { url: string; authorization: string | null }[] = [];
  const left = [...answers];
  vi.stubGlobal("fetch", async (url: string, { headers }: RequestInit) => {
    asked.push({ url, authorization: new Headers(headers).get("authorization") });
    return left.shift() ?? Response.error();
  });
  return asked;
};
const described = (more: object = {}) =>
  Response.json({ url: FILE, mime_type: "image/jpeg", file_size: picture.length, ...more });
const read = (id = "1479537139650973") =>
  fetchMedia(id, {
    secret: (name) => `<${name}>`,
    setting: () => API,
    place: { bucket: "originals", key: "k" },
    mostBytes: 1_000,
    signal: AbortSignal.timeout(1_000),
  });

describe("a file of a customer's that lies with Meta", () => {
  it("is fetched from the address that Meta tells, with the account's token", async () => {
    const asked = answering(described(), new Response(picture));
    expect(await read()).toEqual({ result: "fetched", bytes: picture, type: "image/jpeg" });
    expect(asked).toEqual([
      { url: `${API}/1479537139650973`, authorization: "Bearer <accessToken>" },
      { url: FILE, authorization: "Bearer <accessToken>" },
    ]);
  });

  it.each([
    ["its id is known no more", [Response.json({ error: { code: 100 } }, { status: 400 })]],
    ["its address is over", [described(), new Response("", { status: 404 })]],
  ])("is gone where %s", async (_what, answers) => {
    answering(...answers);
    expect(await read()).toEqual({ result: "gone" });
  });

  it.each([
    ["as Meta says before", [described({ file_size: 1_001 })]],
    ["as it turns out", [described({ file_size: undefined }), new Response("x".repeat(1_001))]],
  ])("is too large, %s", async (_what, answers) => {
    answering(...answers);
    expect(await read()).toEqual({ result: "too-large" });
  });

  it.each([
    ["another host", "https://evil.example/file"],
    ["a host that only looks like Meta's", "https://notfacebook.com/file"],
    ["an address of the network itself", "http://169.254.169.254/latest"],
    ["a login in it", "https://a:b@lookaside.fbsbx.com/x"],
  ])("is not fetched from %s: our token goes to Meta alone", async (_what, url) => {
    const asked = answering(described({ url }), new Response(picture));
    await expect(read()).rejects.toThrow();
    expect(asked).toHaveLength(1);
  });

  it.each([
    ["throttled", [new Response("", { status: 429 })]],
    ["down", [described(), new Response("", { status: 503 })]],
    [
      "sent elsewhere",
      [described(), new Response("", { status: 302, headers: { location: "http://a.example" } })],
    ],
    ["answered with something else", [new Response("<html>")]],
  ])("is asked for again where we are %s", async (_what, answers) => {
    answering(...answers);
    await expect(read()).rejects.toThrow();
  });

  it.each(["../me", "1/2", "", "a?b=c", "x".repeat(300)])("has an id, or is none: %j", async (id) => {
    const asked = answering(described());
    expect(await read(id)).toEqual({ result: "gone" });
    expect(asked).toEqual([]);
  });
});
