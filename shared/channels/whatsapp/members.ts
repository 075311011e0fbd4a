import type { ContentMembers } from "../definition/definition.ts";

/** What WhatsApp takes at most, in characters where nothing else is said ("Messages", WhatsApp Cloud API reference). */
export const LIMITS = {
  windowHours: 24,
  text: 4_096,
  /** Of a text that has buttons or a link under it. */
  textOverButtons: 1_024,
  caption: 1_024,
  footer: 60,
  title: 20,
  buttonId: 256,
  buttons: 3,
  url: 2_000,
  /** Of an approved text with its places filled in. */
  approved: 1_024,
  parameters: 50,
  templateButtons: 10,
} as const;

/** Kinds of media that a message may hold; a template's header takes all but sounds. */
export const MEDIA = ["image", "video", "document", "audio"] as const;
export type MediaType = (typeof MEDIA)[number];

const MEDIA_MEMBERS: ContentMembers = {
  type: { kind: "choice", among: MEDIA },
  url: { kind: "line", max: LIMITS.url },
  name: { kind: "line", max: 240, optional: true },
};

/** Each of these is one parameter of a button, in the template's order; a button without any is `{}`. */
const TEMPLATE_BUTTON: ContentMembers = {
  url: { kind: "line", max: LIMITS.url, optional: true },
  payload: { kind: "line", max: LIMITS.buttonId, optional: true },
  code: { kind: "line", max: 15, optional: true },
};

const TEMPLATE: ContentMembers = {
  name: { kind: "line", max: 512 },
  language: { kind: "line", max: 10, optional: true },
  body: { kind: "approved", max: 4_096, optional: true },
  parameters: { kind: "parameters", most: LIMITS.parameters, optional: true },
  media: { kind: "object", members: MEDIA_MEMBERS, optional: true },
  title: { kind: "line", max: 200, optional: true },
  buttons: { kind: "list", of: TEMPLATE_BUTTON, most: LIMITS.templateButtons, optional: true },
};

/** What `whatsapp.yaml` holds: a text, media, both, or a template and nothing else. */
export const MEMBERS: ContentMembers = {
  text: { kind: "text", max: 10_000, optional: true },
  media: { kind: "object", members: MEDIA_MEMBERS, optional: true },
  footer: { kind: "line", max: 200, optional: true },
  buttons: {
    kind: "list",
    of: { title: { kind: "line", max: 200 }, id: { kind: "line", max: LIMITS.buttonId, optional: true } },
    most: LIMITS.buttons,
    optional: true,
  },
  link: {
    kind: "object",
    members: { title: { kind: "line", max: 200 }, url: { kind: "line", max: LIMITS.url } },
    optional: true,
  },
  template: { kind: "object", members: TEMPLATE, optional: true },
};
