import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openState, type StateDatabase } from "#infra/local/state/database.ts";
import { diskFailure } from "#infra/local/state/disk.ts";
import { createSettings } from "#infra/local/state/settings.ts";

let folder = "";
const opened: StateDatabase[] = [];
const open = (...given: Parameters<typeof openState>): StateDatabase => {
  const state = openState(...given);
  opened.push(state);
  return state;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rapport-state-"));
});
afterEach(() => {
  for (const state of opened.splice(0)) state.close();
  rmSync(folder, { recursive: true, force: true });
});

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a folder of state", () => {
  it("is for its owner alone, with every file in it", () => {
    const place = join(folder, "new");
    createSettings(open(place)).set("secret", "x");
    expect(modeOf(place)).toBe("700");
    for (const name of ["cloud.sqlite", "cloud.sqlite-wal", "cloud.sqlite-shm"]) {
      expect([name, modeOf(join(place, name))]).toEqual([name, "600"]);
    }
  });

  it("takes away rights that somebody gave to its file", () => {
    writeFileSync(join(folder, "cloud.sqlite"), "");
    chmodSync(join(folder, "cloud.sqlite"), 0o644);
    open(folder);
    expect(modeOf(join(folder, "cloud.sqlite"))).toBe("600");
  });

  it("belongs to one hub at a time", () => {
    const first = open(folder);
    expect(() => open(folder)).toThrow(
      `another hub runs on ${folder}: stop it, or choose another folder with --state`,
    );
    first.close();
    expect(() => open(folder)).not.toThrow();
  });

  it("that is none is told with what to do", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => open(file)).toThrow(`${file} is no folder: choose another with --state`);
    expect(() => open(join(file, "below"))).toThrow("is no folder: choose another with --state");
  });

  it("whose file is damaged is told with what to do", () => {
    writeFileSync(
      join(folder, "cloud.sqlite"),
      "no database at all, but longer than a header would be".repeat(99),
    );
    expect(() => open(folder)).toThrow(`the state in ${folder} is damaged: restore a backup`);
    rmSync(join(folder, "cloud.sqlite"));
    expect(() => open(folder)).not.toThrow();
  });
});

describe("a state that a newer release has written", () => {
  /** As a release would that writes what this one cannot read. */
  const raise = (file: string): void => {
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 1000");
    database.close();
  };
  const NEWER =
    "was written by a newer release: start that one (git pull && npm ci), or choose another folder";

  it("is told with what to do, stays as it is, and is free for that release", () => {
    createSettings(open(folder)).set("kept", "x");
    for (const state of opened.splice(0)) state.close();
    raise(join(folder, "cloud.sqlite"));
    expect(() => open(folder)).toThrow(`the state in ${folder} ${NEWER} with --state`);
    expect(() => open(folder)).toThrow(NEWER);
    expect(openedByHand().prepare("SELECT value FROM settings").get()).toEqual({ value: "x" });
  });

  it("is not one of this release or of the one before, which said nothing", () => {
    open(folder).close();
    expect(() => open(folder).close()).not.toThrow();
    const before = openedByHand();
    before.exec("PRAGMA user_version = 0");
    before.close();
    expect(() => open(folder)).not.toThrow();
  });

  const openedByHand = () => new DatabaseSync(join(folder, "cloud.sqlite"));
});

describe("a disk that is full", () => {
  const FULL = /^the disk of .* is full: make room and start again; nothing that was accepted is lost$/;

  /** As full as SQLite can be made: the file may not grow any more. */
  const fill = (state: StateDatabase): void => {
    state.prepare("PRAGMA max_page_count = 1").get();
  };

  it("stops the hub with a sentence, once, and nobody is told that anything was kept", async () => {
    const told: string[] = [];
    const state = open(folder, ({ message }) => told.push(message));
    const settings = createSettings(state);
    settings.set("kept", "before");
    await state.committed();
    fill(state);
    let answered = false;
    expect(() => {
      state.write(() => {});
      state.afterCommit(() => {
        answered = true;
      });
      settings.set("large", "x".repeat(1_000_000));
    }).toThrow(/full/);
    state.afterCommit(() => {
      answered = true;
    });
    expect(() => settings.set("later", "y")).toThrow();
    await turn();
    await turn();
    expect(answered).toBe(false);
    expect(told).toEqual([expect.stringMatching(FULL)]);
    state.close();
    const again = createSettings(open(folder));
    expect([again.get("kept"), again.get("large"), again.get("later")]).toEqual(["before", null, null]);
  });

  it("stops it from within a change that is all or nothing, too", () => {
    const told: string[] = [];
    const state = open(folder, ({ message }) => told.push(message));
    const settings = createSettings(state);
    fill(state);
    expect(() => state.atomically(() => settings.set("large", "x".repeat(1_000_000)))).toThrow(/full/);
    expect(told).toEqual([expect.stringMatching(FULL)]);
  });

  it("is told apart from what is wrong with a request", async () => {
    const told: string[] = [];
    const state = open(folder, ({ message }) => told.push(message));
    state.define("CREATE TABLE one (id INTEGER PRIMARY KEY)");
    expect(() =>
      state.atomically(() => {
        state.prepare("INSERT INTO one VALUES (1)").run();
        state.prepare("INSERT INTO one VALUES (1)").run();
      }),
    ).toThrow(/UNIQUE/);
    await state.committed();
    expect([told, state.prepare("SELECT * FROM one").all()]).toEqual([[], []]);
  });
});

describe("what the system says of a disk", () => {
  const failure = (code: string): Error => Object.assign(new Error(code), { code });

  it.each([
    ["ENOSPC", "is full"],
    ["EDQUOT", "is full"],
    ["EACCES", "cannot be written"],
    ["EROFS", "cannot be written"],
    ["EIO", "fails"],
  ])("%s becomes a sentence", (code, words) => {
    expect(diskFailure(failure(code), "/srv/hub")?.message).toMatch(new RegExp(`/srv/hub ${words}|${words}`));
    expect(diskFailure(failure(code), "/srv/hub")?.message).toContain("/srv/hub");
  });

  it("leaves every other failure alone", () => {
    expect(diskFailure(failure("ECONNRESET"), folder)).toBeNull();
    expect(diskFailure("no error", folder)).toBeNull();
    expect(existsSync(folder)).toBe(true);
  });
});

describe("much that is written", () => {
  const WRITES = 6_000;
  const fill = async (state: StateDatabase): Promise<void> => {
    state.define("CREATE TABLE IF NOT EXISTS rows (text TEXT)");
    const insert = state.prepare("INSERT INTO rows VALUES (?)");
    for (let written = 0; written < WRITES; written += 1) {
      state.write(() => insert.run("x".repeat(1_000)));
      if (written % 100 === 0) await turn();
    }
    await state.committed();
  };
  const rowsOf = (state: StateDatabase): unknown => state.prepare("SELECT count(*) AS rows FROM rows").get();

  it("reaches the database file beside the writing, long before the writer's own checkpoint", async () => {
    const state = open(folder);
    await fill(state);
    await expect
      .poll(() => statSync(join(folder, "cloud.sqlite")).size, { timeout: 10_000 })
      .toBeGreaterThan(1_000_000);
    expect(rowsOf(state)).toEqual({ rows: WRITES });
  });

  it("is whole for the next hub, whatever was under way at the end", async () => {
    const state = open(folder);
    await fill(state);
    state.close();
    expect(readdirSync(folder).filter((name) => name.includes("-wal"))).toEqual([]);
    expect(rowsOf(open(folder))).toEqual({ rows: WRITES });
  });
});
