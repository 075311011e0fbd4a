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
  const oddClaim = (): object =>
    one<object>(
      { iss: EVIL },
      { sub: "__proto__" },
      { token_use: "id" },
      { client_id: "x" },
      { exp: one<unknown>(1e300, "never", 0) },
      { jti: "x".repeat(2_000) },
      { "cognito:groups": one<unknown>("admin", [["admin"]]) },
    );
  /** Most are as they should be but for the signature: whatever lets one in is that alone. */
  const claims = (): object => ({
    iss: issuer,
    sub: hex(32),
    token_use: "access",
    client_id: clientId,
    exp: 9_999_999_999,
    "cognito:groups": ["admin"],
    ...one<object>({}, {}, {}, oddClaim()),
  });
  const signed = (): string => {
    const head = { alg: from(ALGORITHMS), kid: one<unknown>(key.kid, key.kid, hex(32), "../../x", null, {}) };
    const said = JSON.stringify(claims());
    const payload = one(said, said, said, one("[".repeat(2_000), "null", ""));
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

/** Headers of a request that brings a session of somebody's own making. */
const headersOf = (dice: Dice, knowledge: Knowledge): (() => Record<string, string>) => {
  const { one, hex } = dice;
  const token = tokensOf(dice, knowledge);
  const here = new URL(knowledge.issuer).origin;
  const cookies = cookieNames({ publicUrl: here });
  /** What the console's own page says; a program can say it too. */
  const ofConsole = { "x-rapport-console": "1", origin: here };
  const otherSite = (): Record<string, string> => ({
    ...one<Record<string, string>>({}, { "x-rapport-console": "1" }),
    ...one<Record<string, string>>({}, { origin: here }, { origin: one(EVIL, "null", "x") }),
    ...one<Record<string, string>>({}, { "sec-fetch-site": one("cross-site", "same-site", "none") }),
  });
  return () => ({
    "content-type": "application/json",
    ...one<Record<string, string>>(ofConsole, ofConsole, ofConsole, otherSite()),
    cookie: inOneHeader(
      `${one("", "", `a=${hex(20)}; `, `${cookies.session}=; `)}${cookies.session}=${token()}; ${cookies.renewal}=${token()}`,
    ),
  });
};

/** What comes at the doors of the console, and at those that only people and servers may open. */
export const sessionsOf = ({ dice, names }: Said, knowledge: Knowledge): (() => Attack) => {
  const { below, one, from, hex } = dice;
  const headers = headersOf(dice, knowledge);
  const here = new URL(knowledge.issuer).origin;
  const cookies = cookieNames({ publicUrl: here });

  const session = (): Attack => ({
    method: one("GET", "POST", "PUT"),
    path: "/console/session",
    headers: headers(),
    refusedBy: [401, 405],
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
    const attack = { method, path: path.replaceAll(/\{\w+\}/g, customer), refusedBy: [401, 403] } as const;
    const body = one<unknown>({ to: `userId:${names.victim()}`, text: EVIL }, [], "[".repeat(50_000), "x");
    return {
      ...attack,
      ...(method === "GET" ? {} : { body }),
      ...one<object>({}, { headers: {} }, { headers: headers() }, { headers: headers() }),
    };
  };
  return () => one(session, logOut, logIn, callback, callback, file, file, closed, closed, closed)();
};
