import { BOUNDS } from "#kernel/bounds.ts";
import type { HttpRequest } from "#runtime/http/http-request.ts";
import type { Handlers } from "#runtime/http/operation.ts";
import { cookieNames } from "#runtime/http/sessions.ts";
import type { Built, BuiltFile } from "./built.ts";
import type { operations } from "./operations.ts";

export type Assets = { readonly built: Built; readonly publicUrl: string };
type Asked = Pick<HttpRequest, "headers" | "cookies" | "path">;

const INDEX = "index.html";

/**
 * No script but the console's own files, in nobody's frame. Styles may stand in a page: mail is shown in frames that
 * inherit this, and it has no others; so may pictures from elsewhere, which such a frame's own policy holds back until asked.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const SAFE = { "x-content-type-options": "nosniff", "referrer-policy": "same-origin" };

const pageHeaders = (publicUrl: string): Readonly<Record<string, string>> => ({
  ...SAFE,
  "content-security-policy": POLICY,
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "x-robots-tag": "noindex",
  ...(publicUrl.startsWith("https:") ? { "strict-transport-security": "max-age=31536000" } : {}),
});

/** The bundler names a file by what it holds: whoever has it need not ask again. */
const CACHED = {
  always: "public, max-age=31536000, immutable",
  never: "no-cache",
} as const;
const isNamedByContent = (path: string): boolean => /^assets\/.+-[\w-]{8,}\.\w+$/.test(path);

/** `GET /console` and what lies below it: the files of the built console, and for its pages the one that draws them all. */
export const assetCalls = ({ built, publicUrl }: Assets): Handlers<typeof operations> => {
  const showPage = (call: Asked) => {
    const isLoggedIn = (call.cookies[cookieNames({ publicUrl }).session] ?? "") !== "";
    if (!isLoggedIn) return toLogIn(call.path);
    const headers = { ...pageHeaders(publicUrl), "cache-control": CACHED.never };
    const file = built.read(INDEX);
    return file === null
      ? { status: 200 as const, headers, html: NOT_BUILT }
      : answerWith(file, call, headers);
  };
  return {
    showConsole: async (call) => showPage(call),
    showConsoleFile: async (call) => {
      const path = call.params.proxy;
      const file = path === INDEX ? null : built.read(path);
      if (file !== null) {
        const cache = isNamedByContent(path) ? CACHED.always : CACHED.never;
        return answerWith(file, call, { ...SAFE, "cache-control": cache });
      }
      // A file of the build before this one, most likely: a page in its place would only break later.
      if (path.startsWith("assets/")) return { status: 404, headers: SAFE, html: NO_FILE };
      return showPage(call);
    },
  };
};

/** Who is not logged in is led there at once, and comes back to where they wanted to be, if that is no longer than a page is. */
const toLogIn = (path: string) => {
  const isPage = path.length <= BOUNDS.comeBackCharacters;
  const location = isPage ? `/console/login?to=${encodeURIComponent(path)}` : "/console/login";
  return { status: 302 as const, headers: { ...SAFE, "cache-control": "no-store", location } };
};

const answerWith = (file: BuiltFile, { headers: asked }: Asked, given: Readonly<Record<string, string>>) => {
  const headers = { ...given, etag: file.etag, vary: "accept-encoding" };
  // With its type: of a script on a page of another site a browser looks at that before it takes what it has.
  if (asked["if-none-match"] === file.etag)
    return { status: 304 as const, headers: { ...headers, "content-type": file.type } };
  const takesPacked = /\bbr\b/.test(asked["accept-encoding"] ?? "");
  const isPacked = takesPacked && file.packed !== null;
  return {
    status: 200 as const,
    headers: isPacked ? { ...headers, "content-encoding": "br" } : headers,
    bytes: { type: file.type, body: isPacked && file.packed !== null ? file.packed : file.bytes },
  };
};

const plainPage = (title: string, text: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title} · Rapport</title></head>
<body><h1>${title}</h1><p>${text}</p></body></html>
`;

const NOT_BUILT = plainPage(
  "You are logged in",
  "The files of the console were not built into this hub. Its API answers all the same: see <a href='/openapi.json'>its description</a>.",
);
const NO_FILE = plainPage(
  "There is no such file",
  "The console may be a newer one by now: load its page again.",
);
