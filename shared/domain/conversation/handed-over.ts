/** Why a person goes on with what the hub answered first. */
export type WhyHandedOver = "asked" | "nothing-fits" | "not-found" | "doubted" | "too-many";

const WORDS: ReadonlyMap<string, string> = new Map<WhyHandedOver, string>([
  ["asked", "a rule gives it to people"],
  ["nothing-fits", "no rule fits"],
  ["not-found", "what they name was not found"],
  ["doubted", "somebody else may have written it"],
  ["too-many", "there were too many automatic answers"],
]);

/** The reason as a colleague reads it; one of a newer release as it is called. */
export const whyInWords = (why: string): string => WORDS.get(why) ?? why;
