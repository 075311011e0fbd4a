import type { ChannelAddresses } from "../definition/addresses.ts";

/** One `@` with something on both sides, no blanks or control characters: who can be written to is for mail servers to say. */
const ADDRESS = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;

/** Joiners are letters' neighbours in some scripts, and may make another domain of one. */
const INVISIBLE = /[\p{Cf}\p{DI}]/gu;
const INVISIBLE_BUT_JOINERS = /(?![\u200c\u200d])[\p{Cf}\p{DI}]/gu;

/** Letters as wide as East Asian ones, which input methods give: `ｋｉｍ＠` is `kim@`. */
const WIDE = /[\uff01-\uff5e]/g;
const narrow = (text: string): string =>
  text.replace(WIDE, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0));

/** `Kim <kim@shop.example>`, `mailto:kim@shop.example?subject=Hi`, `"kim@shop.example"`: the address alone. */
const bare = (text: string): string => {
  const inner = /<([^<>]*)>$/.exec(text)?.[1] ?? text;
  return inner.replace(/^mailto:\s*([^?]*).*$/is, "$1").replace(/^[\s"'`]+|[\s"'`,;.]+$/g, "");
};

/** A domain with letters of its own language, as mail servers know it (UTS 46); null where it is none. */
const inAscii = (domain: string): string | null => {
  if (!/[^\p{ASCII}]/u.test(domain)) return domain;
  if (/[%/?#:\\]/.test(domain)) return null;
  return URL.parse(`http://${domain}`)?.hostname ?? null;
};

const normalize = (text: string): string | null => {
  const address = bare(narrow(text.replace(INVISIBLE_BUT_JOINERS, "").trim())).toLowerCase();
  if (!ADDRESS.test(address)) return null;
  const [name = "", written = ""] = address.split("@");
  const domain = inAscii(written) ?? inAscii(written.replace(INVISIBLE, ""));
  const local = name.normalize("NFC").replace(INVISIBLE, "");
  return domain === null || domain === "" || local === "" ? null : `${local}@${domain}`;
};

export const addresses: ChannelAddresses = {
  example: "somebody@example.com",
  spelling: { name: "email", normalize },
  identifier: { type: "email", priority: 2, limit: 5, from: ["traits.email", "context.traits.email"] },
};
