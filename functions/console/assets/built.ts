import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

/** A file of the built console. */
export type BuiltFile = {
  readonly type: string;
  /** Names its content: `"<hash>"`. */
  readonly etag: string;
  readonly bytes: Buffer;
  /** The same, packed with Brotli, where that is smaller. */
  readonly packed: Buffer | null;
};

/** The built console: its files by their paths, `assets/index-3f2a.js`. */
export type Built = {
  readonly has: (path: string) => boolean;
  readonly read: (path: string) => BuiltFile | null;
};

/** What a packed file's name ends in; it lies beside the file itself. */
const PACKED = ".br";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

/** Only what lies in the folder can be asked for: its names are read once, its files when they are first wanted. */
export const readBuilt = (folder: string): Built => {
  const names = new Set(
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"))
      : [],
  );
  const known = new Map<string, BuiltFile>();
  const has = (path: string): boolean => names.has(path) && extname(path) in TYPES;
  const load = (path: string): BuiltFile => {
    const bytes = readFileSync(join(folder, path));
    return {
      type: TYPES[extname(path)] ?? "application/octet-stream",
      etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
      bytes,
      packed: names.has(path + PACKED) ? readFileSync(join(folder, path + PACKED)) : null,
    };
  };
  return {
    has,
    read: (path) => {
      if (!has(path)) return null;
      const file = known.get(path) ?? load(path);
      known.set(path, file);
      return file;
    },
  };
};
