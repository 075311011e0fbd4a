import type { Attack } from "./attack.ts";
import type { Mail } from "./shop.ts";
import { type Dice, EVIL } from "./words.ts";

/** The tokens of links in mail that the adversary got itself: what it signs up is its own. */
export type OwnLinks = { readonly tokens: string[] };

const TOKEN = /\/[luopc]\/([\w-]+)/g;
/** The tokens of all links in mails. */
export const linksIn = (mails: readonly Mail[]): readonly string[] =>
  mails.flatMap(({ text, html = "", headers = {} }) =>
    [...`${text} ${html} ${headers["List-Unsubscribe"] ?? ""}`.matchAll(TOKEN)].flatMap(
      ([, token = ""]) => token,
    ),
  );

/** Not signed by us, or not by this method. */
const REFUSED = [400, 404, 405];
const PLACES = ["l", "u", "p", "o", "c"];
const OPEN = ["/", "/openapi.json", "/v1/m", "/v1/projects/local-write-key/settings", "/favicon.ico", "/v1"];

/** Pages of links with tokens of one's own, as they are and changed, and whatever else answers everybody. */
export const pagesOf = ({ below, one, from, hex }: Dice, { tokens }: OwnLinks): (() => Attack) => {
  const changed = (token: string): string => {
    const at = below(Math.max(1, token.length - 1));
    const other = token[at] === "A" ? "B" : "A";
    const flipped = `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
    return one(flipped, flipped, token.slice(0, at), `${token}A`, `${token}=`, `${token}${hex(9_000)}`);
  };
  const form = (): string =>
    one("", "List-Unsubscribe=One-Click", `topic=marketing&topic=*&address=${EVIL}`, "x".repeat(100_000));
  const page = (token: string): Attack => ({
    method: one("GET", "POST", "HEAD", "OPTIONS"),
    path: `/${from(PLACES)}/${token}`,
    headers: {
      "content-type": one("application/x-www-form-urlencoded", "multipart/form-data", "text/plain"),
    },
    body: form(),
  });
  const own = (): Attack => page(from(tokens) || hex(64));
  const forged = (): Attack => {
    const attack = page(changed(from(tokens) || hex(64)));
    // A browser's question is answered whatever lies there.
    return attack.method === "OPTIONS" ? attack : { ...attack, refusedBy: REFUSED };
  };
  const anywhere = (): Attack => ({
    method: one("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"),
    path: one(
      from(OPEN),
      `/${hex(6)}/../${hex(6)}`,
      "//evil.example/%2e%2e",
      `/v1/${hex(3_000)}`,
      "/%ff?%ff=%",
    ),
    headers: one<Record<string, string>>(
      {},
      { origin: EVIL, "access-control-request-method": "DELETE" },
      {
        origin: EVIL,
        "access-control-request-method": "x",
        "access-control-request-headers": "a".repeat(4_000),
      },
    ),
    body: one<unknown>("x".repeat(100_000), { series: [] }, "["),
  });
  return () => one(own, forged, forged, anywhere)();
};
