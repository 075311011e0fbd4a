import { describe, expect, it } from "vitest";
import { SPOKEN, WORD_KEYS, wordsFor } from "#template/words/words.ts";

describe("the hub's own words", () => {
  it("are whole in each language, with what is filled in", () => {
    expect(SPOKEN.toSorted()).toEqual(["de", "en", "es", "fr", "it", "nl", "sv"]);
    for (const language of SPOKEN) {
      const { words } = wordsFor([language]);
      expect(Object.keys(words)).toEqual(WORD_KEYS);
      expect(Object.values(words).filter((word) => word.trim() === "" || /\{[{%]/.test(word))).toEqual([]);
      expect([words.askSubject, words.asked].every((word) => word.includes("{brand}"))).toBe(true);
      expect(words.asked).toContain("{topics}");
    }
  });

  it.each([
    [["de-AT"], "de"],
    [["DE_at"], "de"],
    [["fil", "nl"], "nl"],
    [["", "*", "xx"], "en"],
    [["da", "sv-SE", "de"], "sv"],
    [[], "en"],
  ])("are in the first language of %j that is spoken: %s", (locales, language) => {
    expect(wordsFor(locales).language).toBe(language);
  });

  it("are a playbook's where it has them, in English where its language lacks one", () => {
    const own = {
      da: { unsubscribe: "Afmeld", email: "E-mail" },
      de: { nothing: "Nichts" },
      "pt-BR": { done: "Pronto" },
    };
    const danish = wordsFor(["da-DK", "de"], own);
    expect(danish).toMatchObject({ language: "da", own: { email: "E-mail" } });
    expect([danish.words.unsubscribe, danish.words.save]).toEqual(["Afmeld", "Save"]);
    const german = wordsFor(["de-CH"], own).words;
    expect([german.nothing, german.save]).toEqual(["Nichts", "Speichern"]);
    expect(wordsFor(["pt"], own).words.done).toBe("Pronto");
  });
});
