import { BOUNDS } from "#kernel/bounds.ts";
import { isObject, type Json } from "#kernel/json.ts";
import { unescapeHtml } from "./html/escape.ts";
import type { Admits } from "./links/guard.ts";

/** What a value that anybody may have said can be, as the data model declares it. */
export type TextBound = {
  /** It may be any web address, if it is nothing else. Where that may lead is asked when a link is made of it. */
  readonly url?: true;
  /** It may be a mail address, which leads to no page. */
  readonly mailAddress?: true;
  /** Characters. */
  readonly maxLength?: number;
};

const NONE: Admits = () => false;

/** An address cut short leads elsewhere: a longer one is none. */
const MAX_URL_LENGTH = 2_000;
/** RFC 5321, 4.5.3.1.3. */
const MAX_MAIL_ADDRESS = 254;

/** What no reader sees: zero-width characters, marks that turn the direction of text, halves of characters. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cs}\p{Co}]/gu;
/** Whatever a reader, a browser or an exchange of names takes for a dot (RFC 3490, 3.1, and its look-alikes). */
const DOT = "[.\\u3002\\uff0e\\uff61\\u2024\\ufe52]";
/** An address with a scheme, or one that is known by how it begins, with all that stands on it. */
const ADDRESS = /(?:[a-z0-9+.-]{0,31}:[\\/]{2}|https?:(?=\S)|www[.\u3002\uff0e\uff61\u2024\ufe52])\S*/giu;
/** A dot before what could be the end of a host: two letters or more. Initials and numbers are none. */
const HOST_DOT = new RegExp(`(?<!${DOT})${DOT}(?=\\p{L}[\\p{L}\\p{M}\\p{N}-])`, "gu");
const MAIL_ADDRESS = /^[^\s@/\\:;,<>()"']{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;

const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .replace(INVISIBLE, "")
    .replace(/\s+/g, " ")
    .trim();

/** `a.example` as `a. example`: it reads as before, and nothing makes a link of it. */
const withoutAddresses = (text: string): string => text.replace(ADDRESS, " ").replace(HOST_DOT, ". ");

/** What a browser or a filter of Liquid could make of a text: no tags, references and escapes resolved, wide letters narrow. */
const undisguised = (text: string): string =>
  unescapeHtml(text.replace(/<[^<>]*>/g, ""))
    .replace(/%([0-7][0-9a-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .normalize("NFKC");

const isMailAddress = (text: string): boolean => text.length <= MAX_MAIL_ADDRESS && MAIL_ADDRESS.test(text);
const isUrl = (text: string): boolean =>
  text.length <= MAX_URL_LENGTH && /^https?:\/\/[^\s<>"'`\\]+$/i.test(text) && URL.canParse(text);

/**
 * A text that anybody may have said, as a message of ours may repeat it: one line, of at most 100 characters unless
 * declared otherwise, without web addresses and without what no reader sees. Null: nothing is left of it.
 * @param admits whether a text that is one web address may stay all the same, for the host that it leads to
 */
export function publicText(text: string, bound: TextBound = {}, admits: Admits = NONE): string | null {
  const { url, mailAddress, maxLength = BOUNDS.publicTextCharacters } = bound;
  const line = oneLine(text);
  if (isUrl(line) && (url || admits(line))) return line;
  if (mailAddress && isMailAddress(line)) return line;
  const plain = undisguised(line);
  const shown = oneLine(withoutAddresses(withoutAddresses(plain) === plain ? line : plain));
  // Half of a pair of surrogates may be left where the text is cut.
  const cut = shown.slice(0, maxLength).replace(INVISIBLE, "").trim();
  return cut === "" ? null : cut;
}

/** How the members of a value are shown. */
export type PublicSetting = {
  /** What is declared of a member of that name. */
  readonly boundOf: (name: string) => TextBound | undefined;
  /** As for `publicText`. */
  readonly admits: Admits;
};

/**
 * A value that anybody may have said, texts in it as `publicText`, however deep; names of members too, where they are not
 * declared.
 * @param bound what is declared of the value itself
 */
export function publicValue(value: Json, setting: PublicSetting, bound?: TextBound): Json {
  if (typeof value === "string") return publicText(value, bound, setting.admits);
  if (Array.isArray(value)) {
    // Liquid writes a list without anything between its texts: a dot at an end would join two to a host.
    return value.map((member) => {
      const shown = publicValue(member, setting, bound);
      return typeof shown === "string" && !isUrl(shown) ? shown.replace(/[.:/\\]+$/, "") : shown;
    });
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const declared = setting.boundOf(name);
      const shown = declared === undefined ? (publicText(name) ?? "") : name;
      return [shown, publicValue(member, setting, declared ?? bound)];
    }),
  );
}
