import { describe, expect, it } from "vitest";
import { categoryTitle, readable } from "#domain/playbook/model/category-title.ts";

describe("what customers read of a category", () => {
  const titles = { en: "Offers", "de-AT": "Angebote" };
  const title = (wanted: readonly string[], brandLocale = "en", of: object = { titles }) =>
    categoryTitle({ name: "price-alerts", ...of }, wanted, brandLocale);

  it.each([
    ["its title in a wanted language", title(["de"]), "Angebote"],
    ["its title in the first wanted language that it has", title(["fr", "en", "de"]), "Offers"],
    ["its title in the brand's language where it has none that is wanted", title(["fr"], "de"), "Angebote"],
    ["its name where it has no titles", title(["en"], "en", {}), "Price alerts"],
    ["its first title where nobody speaks any of its languages", title(["fr"], "it"), "Offers"],
  ])("is %s", (_what, found, expected) => {
    expect(found).toBe(expected);
  });

  it.each([
    ["price-alerts", "Price alerts"],
    ["price__alerts.new", "Price alerts new"],
    ["-x-", "X"],
    ["", ""],
  ])("is readable: %j", (name, words) => {
    expect(readable(name)).toBe(words);
  });
});
