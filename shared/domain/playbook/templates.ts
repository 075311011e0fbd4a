import type { PlaybookDocument, TemplateContent } from "./types.ts";

/**
 * The content for a template on a channel, in the best locale there is: the wanted one (`de-AT`), its language (`de`),
 * any other region of that language (`de-CH`), the brand's own, whatever there is. Null: the template has no file for
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
  const language = (locale: string) => locale.split(/[-_]/)[0]?.toLowerCase();
  const same = (locale: string) => locale.replace("_", "-").toLowerCase();
  const exact = wanted && offered.find((locale) => same(locale) === same(wanted));
  const bare = wanted && offered.find((locale) => same(locale) === language(wanted));
  const sibling = wanted && offered.find((locale) => language(locale) === language(wanted));
  const own = offered.find((locale) => same(locale) === same(fallback));
  return exact || bare || sibling || own || offered[0];
};
