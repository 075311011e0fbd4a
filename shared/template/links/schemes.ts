/** What links may begin with where a playbook does not say (`brand.linkSchemes`), besides pages of the mail itself. */
const USUAL_SCHEMES: readonly string[] = [
  "https",
  "http",
  "mailto",
  "tel",
  "sms",
  "whatsapp",
  "geo",
  "webcal",
];

/** Addresses of these run code, or bring a page along that nobody wrote. No setting admits them. */
export const FORBIDDEN_SCHEMES: readonly string[] = ["javascript", "data", "vbscript"];

const NUMBERED = /^(?:mailto|tel|sms):([^?]*)/i;

/** The number or the mail address that a link asks to write to or to call; null: it leads elsewhere. */
export const addresseeOf = (link: string): string | null => NUMBERED.exec(link.trim())?.[1] ?? null;

const SCHEME = /^([a-z][a-z0-9+.-]*):/;
/** Browsers drop control characters and blanks before they read the scheme (WHATWG URL, basic URL parser); some programs more. */
const UNREAD = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;
const percentDecoded = (text: string): string =>
  text.replace(/%([0-7][0-9a-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The scheme of an address in lower case, without its colon; null: it has none, and stays within the page. */
const schemeOf = (address: string): string | null =>
  SCHEME.exec(address.replace(UNREAD, "").toLowerCase())?.[1] ?? null;

/** Whether following the address could run code, however it is spelt. */
export const isForbidden = (address: string): boolean =>
  [address, percentDecoded(percentDecoded(address))].some((spelling) =>
    FORBIDDEN_SCHEMES.includes(schemeOf(spelling) ?? ""),
  );

/** Whether a link may lead there: it has one of the schemes or none, and never one that runs code. */
export const hasScheme = (address: string, schemes: readonly string[] = USUAL_SCHEMES): boolean => {
  const scheme = schemeOf(address);
  return (scheme === null || schemes.includes(scheme)) && !isForbidden(address);
};
