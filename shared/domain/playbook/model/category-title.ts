import type { Category } from "./contact-policy.ts";
import { bestLocale, languageOf } from "./templates.ts";

/** `price-alerts` -> `Price alerts`: the name of a file's entry, for people. */
export const readable = (name: string): string => {
  const words = name.replaceAll(/[-_.\s]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What customers read of a category: its title in the first of the wanted languages (BCP 47) that it has, or in the brand's, else its name. */
export const categoryTitle = (
  { name, titles = {} }: Pick<Category, "name" | "titles">,
  wanted: readonly string[],
  brandLocale: string,
): string => {
  const offered = Object.keys(titles);
  const spoken = wanted.find((locale) => offered.some((one) => languageOf(one) === languageOf(locale)));
  const locale = bestLocale(offered, spoken, brandLocale);
  return (locale === undefined ? undefined : titles[locale]) ?? readable(name);
};
