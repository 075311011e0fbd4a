import { RapportError } from "#kernel/errors.ts";
import { isList, isObject, type Json, type JsonObject } from "#kernel/json.ts";
import type { Render, RenderInput } from "../definition/rendering.ts";
import { shownText } from "./content.ts";
import { LIMITS, MEDIA } from "./members.ts";
import type { WhatsAppContent, WhatsAppMedia, WhatsAppMessage, WhatsAppTemplate } from "./message.ts";

const failed = (part: string, what: string): RapportError =>
  new RapportError("template_failed", `${part}: ${what}`);

/** Renders the texts of nested content, each within its limit. */
const wording = ({ renderText }: Pick<RenderInput, "renderText">) => {
  /** "" where there is no such text. */
  const text = (name: string, source: Json | undefined, most: number): string => {
    if (source === undefined || source === null) return "";
    if (typeof source !== "string") throw failed(name, `expected text, got ${typeof source}`);
    const words = renderText(name, source, "text").trim();
    if (words.length > most) throw failed(name, `${words.length} characters, at most ${most} can be sent`);
    return words;
  };
  return {
    text,
    required: (name: string, source: Json | undefined, most: number): string => {
      const words = text(name, source, most);
      if (words === "") throw failed(name, "is empty");
      return words;
    },
  };
};
type Wording = ReturnType<typeof wording>;

const mediaOf = (media: JsonObject, name: string, { text, required }: Wording): WhatsAppMedia => {
  const type = MEDIA.find((one) => one === media.type);
  if (type === undefined) throw failed(`${name}.type`, `is none of ${MEDIA.join(", ")}`);
  const url = required(`${name}.url`, media.url, LIMITS.url);
  if (!/^https:\/\/[^\s/]/i.test(url)) throw failed(`${name}.url`, "is no address that begins with https://");
  const file = text(`${name}.name`, media.name, 240);
  return { type, url, ...(type === "document" && file !== "" ? { name: file } : {}) };
};

/** A place holds one line; what breaks it, or is nothing, is refused by everybody who carries it. */
const parameterOf = (name: string, source: Json, { required }: Wording): string =>
  required(name, source, LIMITS.approved).replace(/\s+/g, " ");

const BUTTONS = ["url", "payload", "code"] as const;

const buttonsOf = (buttons: Json | undefined, words: Wording): WhatsAppTemplate["buttons"] =>
  (isList(buttons) ? buttons : []).flatMap((button, index) => {
    if (!isObject(button)) return [];
    return BUTTONS.flatMap((type) =>
      button[type] === undefined
        ? []
        : [{ index, type, text: parameterOf(`template.buttons[${index}].${type}`, button[type], words) }],
    );
  });

const parametersOf = (parameters: Json | undefined, words: Wording): WhatsAppTemplate["parameters"] => {
  if (isList(parameters))
    return parameters.map((one, index) => ({
      text: parameterOf(`template.parameters[${index}]`, one, words),
    }));
  return Object.entries(isObject(parameters) ? parameters : {}).map(([name, one]) => ({
    name,
    text: parameterOf(`template.parameters.${name}`, one, words),
  }));
};

const templateOf = (template: JsonObject, locale: string, words: Wording): WhatsAppTemplate => {
  const parameters = parametersOf(template.parameters, words);
  const filled = parameters.map(({ name, text }, index) => [name ?? String(index + 1), text] as const);
  if (typeof template.body === "string") {
    const { length } = shownText({ template: { ...template, parameters: Object.fromEntries(filled) } });
    if (length > LIMITS.approved)
      throw failed("template.body", `${length} characters, at most ${LIMITS.approved} can be sent`);
  }
  const title = words.text("template.title", template.title, LIMITS.footer);
  return {
    name: words.required("template.name", template.name, 512),
    language: words.text("template.language", template.language, 10) || locale.replace("-", "_"),
    ...(title === "" ? {} : { title }),
    ...(isObject(template.media) ? { media: mediaOf(template.media, "template.media", words) } : {}),
    parameters,
    buttons: buttonsOf(template.buttons, words),
  };
};

type Under = Extract<WhatsAppContent, { kind: "buttons" }>["under"];

const underOf = ({ buttons, link }: JsonObject, words: Wording): Under | undefined => {
  if (isObject(link)) {
    const url = words.required("link.url", link.url, LIMITS.url);
    if (!/^https?:\/\/[^\s/]/i.test(url)) throw failed("link.url", "is no address of a web page");
    return { link: { title: words.required("link.title", link.title, LIMITS.title), url } };
  }
  if (!isList(buttons)) return undefined;
  const replies = buttons.flatMap((button, index) => {
    if (!isObject(button)) return [];
    const title = words.required(`buttons[${index}].title`, button.title, LIMITS.title);
    return [{ id: words.text(`buttons[${index}].id`, button.id, LIMITS.buttonId) || title, title }];
  });
  if (new Set(replies.map(({ title }) => title)).size < replies.length)
    throw failed("buttons", "two have the same title");
  return { replies };
};

const freeOf = (content: JsonObject, words: Wording): WhatsAppContent => {
  const under = underOf(content, words);
  const media = isObject(content.media) ? mediaOf(content.media, "media", words) : undefined;
  if (under !== undefined) {
    const footer = words.text("footer", content.footer, LIMITS.footer);
    return {
      kind: "buttons",
      text: words.required("text", content.text, LIMITS.textOverButtons),
      ...(media === undefined ? {} : { media }),
      ...(footer === "" ? {} : { footer }),
      under,
    };
  }
  if (media === undefined) return { kind: "text", text: words.required("text", content.text, LIMITS.text) };
  const caption = words.text("text", content.text, LIMITS.caption);
  return { kind: "media", media, ...(caption === "" ? {} : { caption }) };
};

/** A message by WhatsApp. Links in it are left as they are. */
export const render: Render<WhatsAppMessage> = (input) => {
  const { addresses, sender, locale } = input;
  const [to = ""] = addresses;
  const words = wording(input);
  const content = jsonOf(input.content);
  const { template } = content;
  const message: WhatsAppMessage = {
    to,
    ...(sender === undefined ? {} : { from: sender.from }),
    content: isObject(template)
      ? { kind: "template", ...templateOf(template, locale, words) }
      : freeOf(content, words),
  };
  return { message, addresses: [to], units: 1 };
};

const jsonOf = (content: Readonly<Record<string, unknown>>): JsonObject => (isObject(content) ? content : {});
