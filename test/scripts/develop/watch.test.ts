import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
  told = [];
  work = async () => {};
  ({ stop } = watchPlaces(root, ["shared", "missing"], async (paths) => {
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
