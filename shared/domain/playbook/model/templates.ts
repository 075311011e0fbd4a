import type { PlaybookDocument, TemplateContent } from "./document.ts";

/**
 * The content for a template on a channel, in the best locale there is: the wanted one (`de-AT`), its language (`de`),
 * any other region of that language (`de-CH`), the brand's own in the same way, whatever there is. Null: the template has no file for
 * that channel.
 */
export const templateFor = (
  document: PlaybookDocument,
  template: string,
  channel: string,
  wanted?: string,
): { readonly locale: string; readonly content: TemplateContent } | null => {
  const byLocale = document.templates[`${template}/${channel}`];
  if (!byLocale) return null;
  const locale = bestLocale(Object.keys(byLocale), wanted, document.brand.locale);
  const content = locale === undefined ? undefined : byLocale[locale];
  return locale === undefined || content === undefined ? null : { locale, content };
};

/** Of the locales that are offered, the one that suits best, as above; undefined when there is none at all. */
export const bestLocale = (
  offered: readonly string[],
  wanted: string | undefined,
  fallback: string,
): string | undefined => {
  const same = (locale: string) => locale.replace("_", "-").toLowerCase();
  const bestFor = (reader: string) =>
    offered.find((locale) => same(locale) === same(reader)) ??
    offered.find((locale) => same(locale) === languageOf(reader)) ??
    offered.find((locale) => languageOf(locale) === languageOf(reader));
  return (wanted && bestFor(wanted)) || (bestFor(fallback) ?? offered[0]);
};

/** `de` of `de-AT`. */
export const languageOf = (locale: string): string => (locale.split(/[-_]/)[0] ?? "").toLowerCase();
