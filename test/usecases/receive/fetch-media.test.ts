import { describe, expect, it } from "vitest";
import { memoryOriginals } from "#adapters/memory/originals.ts";
import type { ReceivedMessage } from "#channels/definition/received.ts";
import type { FetchMedia } from "#ports/media.ts";
import { withMedia } from "#usecases/receive/fetch-media.ts";

const NOW = Date.parse("2026-12-01T12:00:00Z");
const message = (more: Partial<ReceivedMessage> = {}): ReceivedMessage => ({
  channel: "whatsapp",
  providerMessageId: "wamid.1",
  from: "49151",
  to: "1206",
  text: "Look",
  at: new Date(NOW - 1_000).toISOString(),
  attachments: [{ id: "m-1", type: "image/jpeg" }],
  ...more,
});

const begin = (fetch: FetchMedia) => {
  const kept = new Map<string, string | Uint8Array>();
  const deps = {
    originals: memoryOriginals(kept),
    clock: { now: () => NOW },
    telemetry: { log: { info: () => {}, warn: () => {}, error: () => {} }, count: () => {} },
  };
  const source = { fetch, secret: () => "", setting: () => "", bucket: "originals" };
  const read = (one: ReceivedMessage) => withMedia(deps, one, { source, original: "p/default/raw_1" });
  return { kept, read };
};
const picture = Buffer.from("a picture");

describe("what came along with a message", () => {
  it("is kept beside the original, with its size and what the provider says that it is", async () => {
    const { kept, read } = begin(async () => ({ result: "fetched", bytes: picture, type: "image/png" }));
    const { attachments = [] } = await read(message());
    expect(attachments).toEqual([
      { id: "m-1", type: "image/png", bytes: 9, kept: expect.stringMatching(/^p\/default\/raw_1\/med_/) },
    ]);
    expect(kept.get(attachments[0]?.kept ?? "")).toEqual(picture);
  });

  it("lies where the provider put it itself", async () => {
    const { kept, read } = begin(async () => ({ result: "kept", size: 2_048 }));
    expect((await read(message())).attachments).toMatchObject([{ bytes: 2_048, kept: expect.any(String) }]);
    expect(kept.size).toBe(0);
  });

  it.each(["gone", "too-large"] as const)(
    "is missing where it is %s, and the words come all the same",
    async (result) => {
      const { read } = begin(async () => ({ result }));
      expect(await read(message())).toMatchObject({ text: "Look", attachments: [{ missing: result }] });
    },
  );

  it.each([
    { id: "m-1", type: "application/octet-stream", name: "invoice.pdf.exe" },
    { id: "m-1", type: "application/x-msdownload; charset=binary" },
    { id: "m-1", type: "application/vnd.android.package-archive" },
  ])("is not fetched where nobody should open it: %j", async (attachment) => {
    let asked = 0;
    const { read } = begin(async () => {
      asked += 1;
      return { result: "gone" };
    });
    expect((await read(message({ attachments: [attachment] }))).attachments).toMatchObject([
      { isRefused: true },
    ]);
    expect(asked).toBe(0);
  });

  it("is refused too where only the provider says what it is", async () => {
    const type = "application/x-msdownload";
    const { kept, read } = begin(async () => ({ result: "fetched", bytes: picture, type }));
    expect((await read(message())).attachments).toMatchObject([{ isRefused: true, type }]);
    expect(kept.size).toBe(0);
  });

  it("is asked for again while the message is young, and left out of one that has waited for two minutes", async () => {
    const { read } = begin(() => Promise.reject(new Error("no answer")));
    await expect(read(message())).rejects.toMatchObject({ code: "unavailable" });
    const at = new Date(NOW - 120_000).toISOString();
    expect((await read(message({ at }))).attachments).toMatchObject([{ missing: "not-reached" }]);
  });
});
