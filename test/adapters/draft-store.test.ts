import { afterAll, describe, expect, it } from "vitest";
import { dynamoDraftStore } from "#adapters/dynamodb/drafts/draft-store.ts";
import { memoryDraftStore } from "#adapters/memory/draft-store.ts";
import { newDraft, type PlaybookDraft, revisionOf, withChanges } from "#domain/draft/draft.ts";
import type { DraftStore } from "#ports/draft-store.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/aws/dynamo-engine.ts";

const ACT = { by: { id: "k1", name: "ann" }, at: "2026-11-21T10:00:00.000Z" };
const begun = (draftId: string): PlaybookDraft => newDraft({ draftId, name: "Winter", base: "pb_1" }, ACT);
const NONE = { added: {}, dropped: [] };

const engines: DynamoEngine[] = [];
const technologies: Record<string, () => Promise<DraftStore>> = {
  memory: async () => memoryDraftStore(),
  dynamodb: async () => {
    const engine = await startDynamoEngine();
    engines.push(engine);
    return dynamoDraftStore({ client: engine.client, table: "drafts" }, { now: () => Date.now() });
  },
};
afterAll(() => {
  for (const engine of engines) engine.stop();
});

describe.each(Object.entries(technologies))("drafts kept in %s", (_, fresh) => {
  it("come back as they were saved, with the texts that they name", async () => {
    const store = await fresh();
    const draft = begun("dft_1");
    expect(await store.save(draft, NONE)).toBe("saved");
    const long = "ä".repeat(250_000);
    const files = [
      { path: "a.yaml", text: "a: 1\n" },
      { path: "b.yaml", text: long },
    ];
    const changed = withChanges(draft, {}, files, ACT);
    const added = Object.fromEntries(files.map(({ text }) => [revisionOf(text), text]));
    expect(await store.save(changed, { added, dropped: [] })).toBe("saved");
    expect(await store.get("dft_1")).toEqual(changed);
    expect(await store.texts("dft_1", [...Object.keys(added), "txt_none"])).toEqual(added);
    expect(await store.get("dft_2")).toBeNull();
    expect(await store.texts("dft_2", Object.keys(added))).toEqual({});
  });

  it("take each step once: of two who save at the same time one is told", async () => {
    const store = await fresh();
    const draft = begun("dft_1");
    expect(await store.save(draft, NONE)).toBe("saved");
    expect(await store.save(draft, NONE)).toBe("conflict");
    const both = await Promise.all(
      ["x", "y"].map((text) =>
        store.save(withChanges(draft, {}, [{ path: "a", text }], ACT), {
          added: { [revisionOf(text)]: text },
          dropped: [],
        }),
      ),
    );
    expect(both.toSorted()).toEqual(["conflict", "saved"]);
    const kept = await store.get("dft_1");
    expect(await store.remove(draft)).toBe("conflict");
    expect(kept?.step).toBe(1);
  });

  it("keep a replaced text for those who began with it, also when it comes back", async () => {
    const store = await fresh();
    const [one, two] = ["1", "2"].map((text) => ({ path: "a", text }));
    const r1 = revisionOf("1");
    const r2 = revisionOf("2");
    const first = withChanges(
      { ...begun("dft_1"), step: -1 },
      {},
      [one ?? two].flatMap((each) => each ?? []),
      ACT,
    );
    await store.save(first, { added: { [r1]: "1" }, dropped: [] });
    const second = withChanges(
      first,
      {},
      [two].flatMap((each) => each ?? []),
      ACT,
    );
    await store.save(second, { added: { [r2]: "2" }, dropped: [r1] });
    expect(await store.texts("dft_1", [r1, r2])).toEqual({ [r1]: "1", [r2]: "2" });
    const third = withChanges(
      second,
      {},
      [one].flatMap((each) => each ?? []),
      ACT,
    );
    expect(await store.save(third, { added: { [r1]: "1" }, dropped: [r2] })).toBe("saved");
    expect(await store.texts("dft_1", [r1])).toEqual({ [r1]: "1" });
  });

  it("are listed newest first, page by page, and forgotten with their texts", async () => {
    const store = await fresh();
    for (const id of ["dft_1", "dft_2", "dft_3"]) await store.save(begun(id), NONE);
    const first = await store.list({ limit: 2 });
    expect(first.items.map(({ draftId }) => draftId)).toEqual(["dft_3", "dft_2"]);
    const rest = await store.list({ limit: 2, cursor: first.cursor ?? "" });
    expect(rest.items.map(({ draftId }) => draftId)).toEqual(["dft_1"]);
    expect(rest.cursor).toBeNull();
    await expect(store.list({ limit: 2, cursor: "made-up" })).rejects.toMatchObject({
      code: "invalid_request",
    });
    const changed = withChanges(begun("dft_2"), {}, [{ path: "a", text: "x" }], ACT);
    await store.save(changed, { added: { [revisionOf("x")]: "x" }, dropped: [] });
    expect(await store.remove(changed)).toBe("removed");
    expect(await store.get("dft_2")).toBeNull();
    expect(await store.texts("dft_2", [revisionOf("x")])).toEqual({});
    expect((await store.list({ limit: 5 })).items).toHaveLength(2);
  });
});
