import { filters, type Liquid } from "liquidjs";
import { escapeHtml } from "../html/escape.ts";
import { type OutputMode, TEMPLATE_LIMITS } from "./limits.ts";

const isNow = (value: unknown): boolean => value === "now" || value === "today";

const asNumber = (value: unknown): number | null => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
};

/** Making a formatter costs a hundred times what using it does. */
const MAX_FORMATS = 200;
const formats = new Map<string, Intl.NumberFormat>();

const formatFor = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  if (formats.size >= MAX_FORMATS) formats.clear();
  const made = new Intl.NumberFormat(locale, options);
  formats.set(key, made);
  return made;
};

/** `{{ 1234.5 | money: "EUR" }}` in the message's locale. What is no number, and an unknown currency, comes out as it is. */
const money = (locale: string) => (value: unknown, currency: unknown) => {
  const amount = asNumber(value);
  if (amount === null || typeof currency !== "string" || !/^[A-Za-z]{3}$/.test(currency)) return value;
  return formatFor(locale, { style: "currency", currency }).format(amount);
};

/** `{{ 1234.5 | number }}`, `{{ 0.5 | number: 2 }}` in the message's locale. */
const number = (locale: string) => (value: unknown, digits: unknown) => {
  const amount = asNumber(value);
  if (amount === null) return value;
  const wanted = asNumber(digits);
  if (wanted === null) return formatFor(locale, {}).format(amount);
  const fixed = Math.min(20, Math.max(0, Math.trunc(wanted)));
  return formatFor(locale, { minimumFractionDigits: fixed, maximumFractionDigits: fixed }).format(amount);
};

/** An unknown locale must not cost a customer the message: numbers then look as in English. */
const knownLocale = (locale: string): string => {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? "en";
  } catch {
    return "en";
  }
};

/** These two escape by themselves, so they must see themselves that a capture does not double without end. */
const boundedText = (value: unknown): string => {
  const text = value === null || value === undefined ? "" : String(value);
  if (text.length > TEMPLATE_LIMITS.output) throw new Error("memory alloc limit exceeded");
  return text;
};

/** Liquid's own filters, made safe for HTML and free of the machine's clock, and two for locales. */
export function registerFilters(liquid: Liquid, mode: OutputMode, locale: string): void {
  const { date } = filters;
  if (typeof date === "function") {
    liquid.registerFilter("date", function dateOfMessage(value: unknown, ...rest: unknown[]) {
      const now: unknown = this.context.getSync(["now"]);
      return date.call(this, isNow(value) ? now : value, ...rest);
    });
  }
  const known = knownLocale(locale);
  liquid.registerFilter("money", money(known));
  liquid.registerFilter("number", number(known));
  if (mode !== "html") return;
  // Escaped once, not twice, when the author escapes too. liquidjs honours `raw` on the last filter only.
  liquid.registerFilter("escape", { raw: true, handler: (value: unknown) => escapeHtml(boundedText(value)) });
  liquid.registerFilter("newline_to_br", {
    raw: true,
    handler: (value: unknown) => escapeHtml(boundedText(value)).replace(/\r?\n/g, "<br />\n"),
  });
}
