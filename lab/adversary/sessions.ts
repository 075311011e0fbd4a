import { createHmac } from "node:crypto";
import { cookieNames } from "#runtime/http/sessions.ts";
import type { Attack } from "./attack.ts";
import type { Knowledge } from "./knowledge.ts";
import { type Dice, EVIL, type Names } from "./words.ts";

const ALGORITHMS = ["none", "None", "HS256", "RS256", "RS512", "PS256", "ES256", "EdDSA", "", "x"];
const base64url = (text: string): string => Buffer.from(text).toString("base64url");

/** A request whose headers are longer than servers take reaches nobody. */
const inOneHeader = (text: string): string => text.slice(0, 7_000);

type Said = { readonly dice: Dice; readonly names: Names };

/** Tokens that say somebody is an admin, as far as they can be made from what is public. */
const tokensOf = ({ one, from, hex }: Dice, { issuer, clientId, key }: Knowledge): (() => string) => {
  const claims = (): object => ({
    iss: one(issuer, issuer, EVIL),
    sub: one("admin", "__proto__", hex(32)),
    token_use: one("access", "access", "id"),
    client_id: one(clientId, clientId, "x"),
    exp: one<unknown>(9_999_999_999, 1e300, "never", 0),
    "cognito:groups": one<unknown>(["admin"], "admin", [["admin"]]),
    ...one<object>({}, { jti: "x".repeat(6_000) }),
  });
  const signed = (): string => {
    const head = { alg: from(ALGORITHMS), kid: one<unknown>(key.kid, key.kid, hex(32), "../../x", null, {}) };
    const payload = one(JSON.stringify(claims()), JSON.stringify(claims()), "[".repeat(2_000), "null", "");
    const text = `${base64url(JSON.stringify(head))}.${base64url(payload)}`;
    const signature = one(
      () => "",
      () => hex(342),
      () => createHmac("sha256", key.n).update(text).digest("base64url"),
    )();
    return `${text}.${signature}`;
  };
  return () => one(signed, signed, signed, () => one("x", "..", "a.b.c", hex(8_000), "%00", "{}"))();
};

/** What comes at the doors of the console, and at those that only people and servers may open. */
export const sessionsOf = ({ dice, names }: Said, knowledge: Knowledge): (() => Attack) => {
  const { below, one, from, hex } = dice;
  const token = tokensOf(dice, knowledge);
  const here = new URL(knowledge.issuer).origin;
  const cookies = cookieNames({ publicUrl: here });

  /** As the console's own page says it, or another site's; only a program can say all of it. */
  const headers = (): Record<string, string> => ({
    "content-type": "application/json",
    ...one<Record<string, string>>({}, { "x-rapport-console": "1" }, { "x-rapport-console": "1" }),
    ...one<Record<string, string>>(
      {},
      { origin: here },
      { origin: here },
      { origin: one(EVIL, "null", "x") },
    ),
    ...one<Record<string, string>>({}, {}, { "sec-fetch-site": one("cross-site", "same-site", "none") }),
    cookie: inOneHeader(
      `${one("", `a=${hex(20)}; `, `${cookies.session}=; `)}${cookies.session}=${token()}; ${cookies.renewal}=${token()}`,
    ),
  });

  const session = (): Attack => ({
    method: one("GET", "POST", "PUT"),
    path: "/console/session",
    headers: headers(),
    isClosed: true,
  });
  const logOut = (): Attack => ({ method: "DELETE", path: "/console/session", headers: headers() });

  const page = (): string =>
    one(
      EVIL,
      "//evil.example",
      "/\\evil.example",
      "/console/../..//evil.example",
      "javascript:alert(1)",
      "/console/%0d%0aset-cookie:a=b",
      `/console/${"x".repeat(below(7_000))}`,
      "/console/\u{1F388}",
    );
  const logIn = (): Attack => ({
    method: "GET",
    path: `/console/login?to=${encodeURIComponent(page())}${one("", "&again=1", `&to=${encodeURIComponent(EVIL)}`)}`,
    headers: {},
  });
  /** The cookie of a log-in is the browser's own: whoever makes one up can make up the state beside it. */
  const callback = (): Attack => {
    const state = one(hex(22), `${hex(22)}.again`, "", "x".repeat(2_000));
    const cookie = inOneHeader(`${cookies.logIn}=${one(state, hex(22))}/${hex(43)}/${base64url(page())}`);
    const code = one(hex(36), "x".repeat(below(4_000)), "%00", encodeURIComponent("\u{1F388}&grant_type=x"));
    return {
      method: "GET",
      path: `/console/callback?state=${state}&code=${code}${one("", "&state=x", "&error=access_denied")}`,
      headers: one<Record<string, string>>({}, { cookie }, { cookie }),
    };
  };

  const climbing = [
    ...["../package.json", "..%2f..%2fhandler.mjs", "%2e%2e/%2e%2e/etc/passwd", "..\\..\\handler.mjs"],
    ...["assets/../index.html", "assets/__proto__", "%c0%ae%c0%ae/x", "%", "%ff", "%00", "index.html%00.js"],
    ...["/evil.example", "//evil.example/%2e%2e", "%5cevil.example", ".br", "index.html.br", "customers"],
  ];
  const file = (): Attack => ({
    method: one("GET", "GET", "GET", "HEAD", "POST", "OPTIONS"),
    path: `/console/${one(from(climbing), from(climbing), "%25".repeat(below(1_200)), "x".repeat(below(7_000)))}`,
    headers: one<Record<string, string>>({}, { cookie: `${cookies.session}=x`, "if-none-match": "*" }),
  });

  const shut = knowledge.routes.filter(({ isClosed }) => isClosed);
  /** A call that is none of theirs: with a session of their own making, with the write key, or with neither. */
  const closed = (): Attack => {
    const { method, path } = shut[below(shut.length)] ?? { method: "GET", path: "/v1/messages/x" };
    const customer = one(`userId:${names.victim()}`, encodeURIComponent(EVIL), "..%2f", "%00", hex(32));
    const attack = { method, path: path.replaceAll(/\{\w+\}/g, customer), isClosed: true } as const;
    const body = one<unknown>({ to: `userId:${names.victim()}`, text: EVIL }, [], "[".repeat(50_000), "x");
    return {
      ...attack,
      ...(method === "GET" ? {} : { body }),
      ...one<object>({}, { headers: {} }, { headers: headers() }, { headers: headers() }),
    };
  };
  return () => one(session, logOut, logIn, callback, callback, file, file, closed, closed, closed)();
};
