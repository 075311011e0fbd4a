import type { Json } from "#kernel/json.ts";
import { type WhyHandedOver, whyInWords } from "../conversation/handed-over.ts";

/** So much of what a customer wrote is quoted. */
const MOST_QUOTED = 500;

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim().slice(0, MOST_QUOTED);
const shown = (value: Json): string => (typeof value === "string" ? oneLine(value) : JSON.stringify(value));

/** What a person who goes on has to know: what the customer wants, what was tried, and who they are. */
export const summaryOf = ({
  why,
  texts,
  tried,
  facts,
  sources,
}: {
  readonly why: WhyHandedOver;
  readonly texts: readonly string[];
  /** Rules that answered before. */
  readonly tried: readonly string[];
  /** Pages of knowledge that may help. */
  readonly sources: readonly string[];
  readonly facts: readonly (readonly [name: string, value: Json])[];
}): string =>
  [
    `Given to people: ${whyInWords(why)}.`,
    `They wrote: ${texts.map((text) => `"${oneLine(text)}"`).join(" ") || "nothing in words"}`,
    ...(tried.length === 0 ? [] : [`Answered before: ${tried.join(", ")}`]),
    ...(sources.length === 0 ? [] : [`May help: ${sources.join(", ")}`]),
    ...(facts.length === 0
      ? []
      : [`Known: ${facts.map(([name, value]) => `${name} ${shown(value)}`).join(", ")}`]),
  ].join("\n");
