import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchPlaces } from "#scripts/develop/watch.ts";

let root: string;
let told: string[][];
let stop: () => void;
let work: () => Promise<void>;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rapport-watch-"));
  mkdirSync(join(root, "shared/domain"), { recursive: true });
  mkdirSync(join(root, "elsewhere"));
  writeFileSync(join(root, "settings.json"), "");
  told = [];
  work = async () => {};
  ({ stop } = watchPlaces(root, ["shared", "settings.json", "missing"], async (paths) => {
    told.push([...paths].sort());
    await work();
  }));
});
afterEach(() => {
  stop();
  rmSync(root, { recursive: true });
});

const write = (path: string): void => writeFileSync(join(root, path), String(Math.random()));

describe("watching", () => {
  it("tells files that change soon after each other as one change, and nothing of other places", async () => {
    write("shared/domain/a.ts");
    write("shared/b.ts");
    write("elsewhere/c.ts");

    await vi.waitFor(() => expect(told).toEqual([["shared/b.ts", "shared/domain/a.ts"]]), 5_000);
  });

  it("tells every time a file is saved, by writing into it or by putting another in its place", async () => {
    write("shared/domain/a.ts");
    await vi.waitFor(() => expect(told).toHaveLength(1), 5_000);
    for (const [index, path] of ["shared/domain/a.ts", "settings.json", "shared/domain/a.ts"].entries()) {
      write("elsewhere/new");
      renameSync(join(root, "elsewhere/new"), join(root, path));
      await vi.waitFor(() => expect(told).toHaveLength(2 * index + 2), 5_000);
      write(path);
      await vi.waitFor(() => expect(told).toHaveLength(2 * index + 3), 5_000);
      expect(told.slice(-2)).toEqual([[path], [path]]);
    }
  });

  it("sees into folders that are new, that were moved here, and that came again", async () => {
    const last = () => told.at(-1);
    mkdirSync(join(root, "shared/new/deep"), { recursive: true });
    write("shared/new/deep/a.ts");
    await vi.waitFor(() => expect(told.flat()).toContain("shared/new/deep/a.ts"), 5_000);
    mkdirSync(join(root, "elsewhere/moved"));
    write("elsewhere/moved/b.ts");
    renameSync(join(root, "elsewhere/moved"), join(root, "shared/moved"));
    await vi.waitFor(() => expect(told.flat()).toContain("shared/moved/b.ts"), 5_000);
    const before = told.length;
    rmSync(join(root, "shared/new"), { recursive: true });
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(before), 5_000);
    mkdirSync(join(root, "shared/new"));
    write("shared/new/c.ts");
    await vi.waitFor(() => expect(last()).toEqual(["shared/new/c.ts"]), 5_000);
    write("shared/new/d.ts");
    await vi.waitFor(() => expect(last()).toEqual(["shared/new/d.ts"]), 5_000);
  });

  it("leaves out what editors keep beside a file", async () => {
    write("shared/.b.ts.swp");
    write("shared/b.ts~");
    write("shared/c.ts");

    await vi.waitFor(() => expect(told).toEqual([["shared/c.ts"]]), 5_000);
  });

  it("tells what comes meanwhile when the change before it has been dealt with", async () => {
    let end = (): void => {};
    work = () => new Promise((resolve) => (end = resolve));
    write("shared/a.ts");
    await vi.waitFor(() => expect(told).toHaveLength(1), 5_000);
    write("shared/b.ts");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(told).toHaveLength(1);

    work = async () => {};
    end();
    await vi.waitFor(() => expect(told).toEqual([["shared/a.ts"], ["shared/b.ts"]]), 5_000);
  });
});
