import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RESTORED, restoreBackup, takeBackup } from "#infra/local/state/backup.ts";
import { openState, type StateDatabase } from "#infra/local/state/database.ts";
import { createSettings } from "#infra/local/state/settings.ts";

let folder = "";
const opened: StateDatabase[] = [];
const open = (directory: string): StateDatabase => {
  const state = openState(directory);
  opened.push(state);
  return state;
};
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rapport-backup-"));
});
afterEach(() => {
  for (const state of opened.splice(0)) state.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A hub that has kept something. */
const hubWith = async (value: string): Promise<StateDatabase> => {
  const state = open(at("hub"));
  createSettings(state).set("value", value);
  await state.committed();
  return state;
};
const restored = (directory: string) => createSettings(open(directory));

describe("a backup", () => {
  it("holds what a running hub had committed, and nothing that was under way", async () => {
    const state = await hubWith("kept");
    createSettings(state).set("value", "not yet");
    const { running, takenAt } = takeBackup(at("hub"), at("file"));
    await state.committed();
    expect(running).toBe(true);
    expect(Math.abs(Date.parse(takenAt) - Date.now())).toBeLessThan(60_000);
    restoreBackup(at("file"), at("copy"), { moved: false });
    const copy = restored(at("copy"));
    expect([copy.get("value"), copy.get(RESTORED), copy.get("backup")]).toEqual(["kept", takenAt, null]);
  });

  it("is a whole moment, whatever is written meanwhile", async () => {
    const state = await hubWith("x");
    state.define("CREATE TABLE pairs (side TEXT, n INTEGER)");
    await state.committed();
    const insert = state.prepare("INSERT INTO pairs VALUES (?, ?)");
    for (let n = 0; n < 200; n += 1) {
      state.write(() => insert.run("left", n));
      state.write(() => insert.run("right", n));
      if (n % 20 === 0) takeBackup(at("hub"), at(`file-${n}`));
      if (n % 3 === 0) await state.committed();
    }
    await state.committed();
    for (let n = 0; n < 200; n += 20) {
      restoreBackup(at(`file-${n}`), at(`copy-${n}`), { moved: false });
      const counts = open(at(`copy-${n}`))
        .prepare("SELECT side, count(*) AS n FROM pairs GROUP BY side")
        .all();
      expect(new Set(counts.map((row) => row.n)).size).toBeLessThanOrEqual(1);
    }
  });

  it("is for its owner alone, and leaves no draft", async () => {
    await hubWith("x");
    takeBackup(at("hub"), at("file"));
    expect((statSync(at("file")).mode & 0o777).toString(8)).toBe("600");
    restoreBackup(at("file"), at("copy"), { moved: false });
    expect((statSync(join(at("copy"), "cloud.sqlite")).mode & 0o777).toString(8)).toBe("600");
    expect([...readdirSync(folder), ...readdirSync(at("copy"))].filter((name) => /draft/.test(name))).toEqual(
      [],
    );
  });

  it("replaces an older one of its name, which stays where the new one fails", async () => {
    const state = await hubWith("old");
    takeBackup(at("hub"), at("file"));
    createSettings(state).set("value", "new");
    await state.committed();
    takeBackup(at("hub"), at("file"));
    expect(() => takeBackup(at("nowhere"), at("file"))).toThrow("there is no hub's state in");
    restoreBackup(at("file"), at("copy"), { moved: false });
    expect(restored(at("copy")).get("value")).toBe("new");
  });

  it("knows when no hub was at work", async () => {
    (await hubWith("x")).close();
    expect(takeBackup(at("hub"), at("file")).running).toBe(false);
  });

  it("where nothing can be written is told with what to do", async () => {
    await hubWith("x");
    expect(() => takeBackup(at("hub"), join(at("hub"), "cloud.sqlite", "file"))).toThrow(
      /cannot be written: name another place$/,
    );
  });
});

describe("restoring", () => {
  it("never writes over a state", async () => {
    await hubWith("mine");
    takeBackup(at("hub"), at("file"));
    expect(() => restoreBackup(at("file"), at("hub"), { moved: false })).toThrow(
      `${at("hub")} holds a hub's state already: choose an empty folder with --state`,
    );
  });

  it("refuses the backup of a newer release, and leaves nothing behind", async () => {
    const state = await hubWith("x");
    takeBackup(at("hub"), at("file"));
    state.close();
    const file = new DatabaseSync(at("file"));
    file.exec("PRAGMA user_version = 1000");
    file.close();
    expect(() => restoreBackup(at("file"), at("copy"), { moved: false })).toThrow(
      `${at("file")} is of a newer release: restore it with that one (git pull && npm ci)`,
    );
    expect(existsSync(at("copy"))).toBe(false);
  });

  it("holds nothing back of a hub that was stopped, backed up and moved", async () => {
    (await hubWith("x")).close();
    takeBackup(at("hub"), at("file"));
    restoreBackup(at("file"), at("copy"), { moved: true });
    expect(restored(at("copy")).get(RESTORED)).toBeNull();
  });

  it("takes nobody's word that a hub was moved which was at work", async () => {
    await hubWith("x");
    takeBackup(at("hub"), at("file"));
    expect(() => restoreBackup(at("file"), at("copy"), { moved: true })).toThrow("restore without --moved");
    expect(existsSync(join(at("copy"), "cloud.sqlite"))).toBe(false);
  });

  it.each([
    ["is not there", null, /there is no file/],
    ["is no database", "text", /is no backup of a hub, or it is damaged/],
    ["is empty", "", /is no backup of a hub, or it is damaged/],
  ])("a file that %s is told so, and the folder stays free", (_what, content, said) => {
    if (content !== null) writeFileSync(at("file"), content);
    expect(() => restoreBackup(at("file"), at("copy"), { moved: false })).toThrow(said);
    expect(existsSync(join(at("copy"), "cloud.sqlite"))).toBe(false);
  });

  it("a state that is no backup, or a damaged one, is refused", async () => {
    const state = await hubWith("x");
    state.close();
    expect(() => restoreBackup(join(at("hub"), "cloud.sqlite"), at("copy"), { moved: false })).toThrow(
      "is no backup of a hub, or it is damaged",
    );
  });
});
