import { isList, isObject, type Json, type JsonObject } from "#kernel/json.ts";
import type { ContentFault } from "../definition/definition.ts";
import { LIMITS } from "./members.ts";

/** A place in an approved text, as it is kept: `{1}`, or `{name}`; in content that no file held also with two braces. */
const PLACE = /\{\{?\s*(\w+)\s*\}?\}/g;

const placesIn = (body: string): readonly string[] => [
  ...new Set([...body.matchAll(PLACE)].map(([, place = ""]) => place)),
];

/** What fills the places, by their names; those in a list are called `1`, `2`... */
const namedParameters = (parameters: Json | undefined): ReadonlyMap<string, Json> => {
  if (isList(parameters)) return new Map(parameters.map((one, index) => [String(index + 1), one]));
  return new Map(isObject(parameters) ? Object.entries(parameters) : []);
};

/** An approved text with its places filled in; a place that nothing fills stays. */
const filled = (body: string, parameters: Json | undefined): string => {
  const known = namedParameters(parameters);
  return body.replace(PLACE, (place, name: string) => {
    const value = known.get(name);
    return typeof value === "string" ? value : place;
  });
};

/** The words of rendered content. */
export const shownText = ({ text, media, template }: JsonObject): string => {
  if (isObject(template)) {
    const { body, name, parameters } = template;
    return typeof body === "string" ? filled(body, parameters) : String(name ?? "");
  }
  if (typeof text === "string" && text.trim() !== "") return text.trim();
  return isObject(media) ? String(media.name ?? media.type ?? "") : "";
};

const quoted = (places: readonly string[]): string => places.map((place) => `{{${place}}}`).join(", ");

/** Between what was approved and what fills it: the provider refuses every message in which they differ. */
const faultsOfParameters = ({ body, parameters }: JsonObject): readonly ContentFault[] => {
  if (typeof body !== "string") return [];
  const places = placesIn(body);
  const given = [...namedParameters(parameters).keys()];
  const path = ["template", parameters === undefined ? "body" : "parameters"];
  const missing = places.filter((place) => !given.includes(place));
  if (missing.length > 0) {
    const message = `Nothing fills ${quoted(missing)} of the approved text`;
    return [{ path, message, expected: `parameters for ${quoted(places)}` }];
  }
  const extra = given.filter((name) => !places.includes(name));
  if (extra.length === 0) return [];
  const expected = places.length === 0 ? "no parameters" : `parameters for ${quoted(places)} alone`;
  return [{ path, message: `The approved text has no ${quoted(extra)}`, expected }];
};

const BESIDE_TEMPLATE = ["text", "media", "footer", "buttons", "link"] as const;
const NAME = /^[a-z0-9_]{1,512}$/;
const LANGUAGE = /^[a-z]{2,3}(?:_[A-Z]{2})?$/;

const faultsOfTemplate = (content: JsonObject, template: JsonObject): readonly ContentFault[] => {
  const { name, language, title, media } = template;
  const faults: ContentFault[] = BESIDE_TEMPLATE.filter((member) => content[member] !== undefined).map(
    (member) => ({
      path: [member],
      message: `A template says all that there is: "${member}" is never sent beside it`,
      expected: "a treatment of its own for what is written freely",
    }),
  );
  if (typeof name === "string" && !NAME.test(name))
    faults.push({
      path: ["template", "name"],
      message: `"${name}" is no name of a template`,
      expected: "small letters, digits and underlines, as the provider's console shows it",
    });
  if (typeof language === "string" && !LANGUAGE.test(language))
    faults.push({
      path: ["template", "language"],
      message: `"${language}" is no language of a template`,
      expected: "such as de or en_US",
    });
  if (title !== undefined && media !== undefined)
    faults.push({
      path: ["template", "title"],
      message: "A header is a title or media, not both",
      expected: "one of the two",
    });
  return [...faults, ...faultsOfParameters(template)];
};

const LIQUID = /\{[{%]/;
/** A text that is longer than it may be whatever its data say; one with Liquid is measured when it is rendered. */
const tooLong = (
  text: Json | undefined,
  most: number,
  path: ContentFault["path"],
): readonly ContentFault[] =>
  typeof text === "string" && !LIQUID.test(text) && text.trim().length > most
    ? [{ path, message: `It has ${text.trim().length} characters`, expected: `at most ${most}` }]
    : [];

const faultsOfButtons = ({ text, media, buttons, link, footer }: JsonObject): readonly ContentFault[] => {
  const faults: ContentFault[] = [];
  if (buttons !== undefined && link !== undefined)
    faults.push({
      path: ["link"],
      message: "A message has buttons or a link, not both",
      expected: "one of the two",
    });
  const [under] = [buttons === undefined ? [] : ["buttons"], link === undefined ? [] : ["link"]].flat();
  if (under === undefined) {
    if (footer !== undefined)
      faults.push({
        path: ["footer"],
        message: "A footer stands under buttons or a link only",
        expected: "no footer",
      });
    return faults;
  }
  if (text === undefined)
    faults.push({ path: [under], message: "Nothing stands above it", expected: "a text" });
  if (isObject(media) && media.type === "audio")
    faults.push({
      path: ["media", "type"],
      message: "No sound stands above buttons",
      expected: "an image, a video or a document",
    });
  return faults;
};

/** What is wrong with the content of a file, beyond the shape of its members. */
export const faultsIn = (content: JsonObject): readonly ContentFault[] => {
  const { template, text, media, buttons, link, footer } = content;
  if (isObject(template)) return faultsOfTemplate(content, template);
  const isOverButtons = buttons !== undefined || link !== undefined;
  const titles = isList(buttons)
    ? buttons.flatMap((button, index) =>
        isObject(button) ? tooLong(button.title, LIMITS.title, ["buttons", index, "title"]) : [],
      )
    : [];
  return [
    ...faultsOfButtons(content),
    ...tooLong(
      text,
      isOverButtons ? LIMITS.textOverButtons : media === undefined ? LIMITS.text : LIMITS.caption,
      ["text"],
    ),
    ...titles,
    ...(isObject(link) ? tooLong(link.title, LIMITS.title, ["link", "title"]) : []),
    ...tooLong(footer, LIMITS.footer, ["footer"]),
  ];
};
