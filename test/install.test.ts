import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Entry = { readonly optionalDependencies?: Readonly<Record<string, string>> };
const root = join(import.meta.dirname, "..");
const lock: { packages: Readonly<Record<string, Entry>> } = JSON.parse(
  readFileSync(join(root, "package-lock.json"), "utf8"),
);

/** Where npm may have put a package that the one at `path` asks for: beside it, or above. */
const places = (path: string, name: string): string[] => {
  const inner = `${path === "" ? "" : `${path}/`}node_modules/${name}`;
  const above = path.includes("node_modules/") ? path.slice(0, path.lastIndexOf("node_modules/")) : null;
  return above === null ? [inner] : [inner, ...places(above.replace(/\/$/, ""), name)];
};

describe("the lock file", () => {
  it("names the packages of every platform, so that npm ci works on each", () => {
    const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter(
        (name) => !places(path, name).some((place) => place in lock.packages),
      ),
    );
    expect(missing).toEqual([]);
  });

  it("names no host: any registry may serve it", () => {
    expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toContain('"resolved": "http');
  });
});
