import { hostOf, withoutPunctuation } from "./address.ts";
import { covers } from "./hosts.ts";

/** Whether a link may lead to that address. What may not is left out. */
export type Admits = (address: string) => boolean;

/** A link that was left out. `host`: "" where nobody could say which one was meant. */
export type LeftOut = { readonly part: string; readonly host: string };

/** More are no news. */
const MAX_NOTED = 10;
/** Longer than any name of a host (RFC 1035, 2.3.4) only by intent. */
const MAX_HOST = 255;

/** Says of each address whether it may stay, and notes by text which hosts were left out. */
export type LinkGuard = {
  readonly admitting: (part: string) => Admits;
  readonly leftOut: readonly LeftOut[];
};

/**
 * @param hosts patterns of `hostPattern`
 * @param own pages of the hub about the message itself: whole addresses, for the hub's host leads on to anywhere
 */
export function linkGuard(hosts: ReadonlySet<string>, own: readonly string[] = []): LinkGuard {
  const leftOut: LeftOut[] = [];
  const note = (part: string, host: string): void => {
    if (leftOut.length >= MAX_NOTED || leftOut.some((one) => one.part === part && one.host === host)) return;
    leftOut.push({ part, host: host.slice(0, MAX_HOST) });
  };
  const isOwn = (address: string): boolean =>
    own.some((page) => address === page || address.startsWith(`${page}?`) || address.startsWith(`${page}#`));
  return {
    leftOut,
    admitting: (part) => (address) => {
      const host = hostOf(address);
      if (host === null || (host !== "" && covers(hosts, host)) || isOwn(address.trim())) return true;
      note(part, host);
      return false;
    },
  };
}

/** What programs that show plain text make a link of. Another address behind a comma or a bracket is one of its own. */
const IN_TEXT =
  /(?:https?:|(?:ftp|wss?|webcal|intent|file):[\\/]{2}|(?<![\p{L}\p{N}][@-]?)www\.)(?:(?![,;|()[\]{}]{1,9}(?:https?:|www\.))[^\s<>"']){1,2000}/giu;

/** Text among other text without the addresses that may not be led to. */
export const keepLinksInText = (text: string, admits: Admits): string =>
  text.replace(IN_TEXT, (found) => {
    const url = withoutPunctuation(found);
    return admits(url) ? found : found.slice(url.length);
  });

/** The same for a whole text, which may be one address: then it is read as whoever opens it would. */
export function keepTextLinks(text: string, admits: Admits): string {
  const whole = text.replace(/[\t\r\n]/g, "").trim();
  return whole === "" || /\s/.test(whole) || admits(whole) ? keepLinksInText(text, admits) : "";
}

/** Where styles, lists of pictures and the like name a host, whatever stands around it. */
const ANYWHERE = /(?:https?:|[\\/]{2})[^\s"'()<>;,]+/gi;

/** A text in which addresses stand among other things (`srcset`, styles), without those that may not be led to. */
export const keepEmbeddedLinks = (text: string, admits: Admits): string =>
  text.replace(ANYWHERE, (found) => (admits(found) ? found : ""));

/** CSS, whose escapes (`\75rl`, a line that goes on) may hide an address (CSS Syntax 3, 4.3.7). What leads nowhere comes back as it was. */
export function keepStyleLinks(css: string, admits: Admits): string {
  const plain = css.replace(
    /\\(?:([0-9a-f]{1,6})\s?|\r\n|([^0-9a-f]))/gi,
    (whole, hex: string | undefined, character: string | undefined) => {
      if (hex === undefined) return /[^\n\r\f]/.exec(character ?? "")?.[0] ?? "";
      const code = Number.parseInt(hex, 16);
      return code === 0 || code > 0x10ffff ? whole : String.fromCodePoint(code);
    },
  );
  const kept = keepEmbeddedLinks(plain, admits);
  return kept === plain ? css : kept;
}
