import { execFileSync } from "node:child_process";
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

describe("an install", () => {
  it("says what fails, and not that packages want another Node than the machine's", () => {
    // Set by `npm test` for what it runs.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
    const shell = process.platform === "win32";
    const level = execFileSync("npm", ["config", "get", "loglevel"], { cwd: root, env, shell });
    expect(level.toString().trim()).toBe("error");
  });
});

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
