const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
/** Programs that show mails and texts take this for the beginning of a web address. */
const BARE_HOST = /^www\./i;
/** Schemes whose addresses name a host that is asked. Others (mailto, tel, an app's own) lead to no page of anybody's. */
const LEADS_TO_HOST = /^(?:https?|ftp|wss?|webcal|intent|file):/i;

/** Readers drop blanks around an address, and tabs and line breaks inside it (WHATWG URL, basic URL parser). */
const bareOf = (address: string): string => {
  let from = 0;
  let to = address.length;
  while (from < to && address.charCodeAt(from) <= 0x20) from += 1;
  while (to > from && address.charCodeAt(to - 1) <= 0x20) to -= 1;
  return address.slice(from, to).replace(/[\t\n\r]/g, "");
};

/**
 * The host that an address leads to, in lower case and ASCII, however the address is spelt: `//host`, `https:host`,
 * `www.host`, `\\host`, with blanks or line breaks in it. Null: it names none. "": one is meant, and readers would not agree on which,
 * as in `https://good@evil` and `https://good\@evil`.
 */
export function hostOf(address: string): string | null {
  const bare = bareOf(address);
  const isBare = BARE_HOST.test(bare);
  if (!isBare && (SCHEME.test(bare) ? !LEADS_TO_HOST.test(bare) : !/^[\\/]{2}/.test(bare))) return null;
  const url = URL.parse(`https:${isBare ? `//${bare}` : bare.replace(SCHEME, "")}`);
  if (url === null || url.username !== "" || url.password !== "") return "";
  const [beforeQuery = ""] = bare.split(/[?#]/);
  return beforeQuery.includes("\\") ? "" : url.hostname.replace(/\.$/, "");
}

/** Punctuation that ends a sentence is no part of an address. */
export const withoutPunctuation = (address: string): string => address.replace(/[.,;:!?)\]]+$/, "");
