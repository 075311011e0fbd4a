import type { Category } from "./contact-policy.ts";
import { bestLocale } from "./templates.ts";

/** `price-alerts` -> `Price alerts`: the name of a file's entry, for people. */
export const readable = (name: string): string => {
  const words = name.replaceAll(/[-_.\s]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What customers read of a category: its title in the wanted language (BCP 47) or in the brand's, else its name. */
export const categoryTitle = (
  { name, titles = {} }: Pick<Category, "name" | "titles">,
  wanted: string,
  brandLocale: string,
): string => {
  const locale = bestLocale(Object.keys(titles), wanted, brandLocale);
  return (locale === undefined ? undefined : titles[locale]) ?? readable(name);
};
