import type { MessageOrder } from "#domain/decision/decide-message.ts";
import { mayStandFor, onChannel, ownContent, treatmentsNamed } from "#domain/decision/input/named-order.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { wrongField } from "#kernel/errors.ts";
import type { MessageRequest } from "./operations.ts";

type Ordered = Pick<MessageOrder, "category" | "action" | "treatments" | "content">;

/** What the request asks for, in the playbook's words. Throws `invalid_request` where the playbook knows no such thing. */
export const readOrder = (
  request: MessageRequest,
  playbook: CompiledPlaybook,
  addressed: string | undefined,
): Ordered => {
  const category = playbook.categories.get(request.category);
  if (category === undefined) {
    throw wrongField("category", `one of ${[...playbook.categories.keys()].join(", ")}`, "another");
  }
  const { content } = request;
  if (content !== undefined) {
    const channel = request.channel ?? channelOf(content, addressed);
    checkContent(content, channel);
    return { category, content, treatments: [ownContent(channel)] };
  }
  const treatment = request.treatment ?? "";
  const { action, treatments, categories } = treatmentsNamed(treatment, request, playbook);
  const open = onChannel(treatments, request.channel);
  if (treatments.length === 0)
    throw wrongField("treatment", "a treatment or template of the live playbook", "an unknown name");
  if (open.length === 0)
    throw wrongField("channel", `one of ${treatments.map(({ channel }) => channel).join(", ")}`, "another");
  if (!mayStandFor(category, categories, playbook))
    throw wrongField(
      "category",
      `${categories.join(" or ")}, the category of its action, or a stricter one`,
      "another",
    );
  return { category, treatments: open, ...(action === undefined ? {} : { action }) };
};

type Content = NonNullable<MessageRequest["content"]>;

/** The channel that the content is written for, else that of the address it goes to. */
const channelOf = (content: Content, addressed: string | undefined): string => {
  if (content.subject !== undefined || content.html !== undefined) return "email";
  if (content.title !== undefined || content.body !== undefined) return "push";
  return addressed ?? "sms";
};

/** Channels that content can be written for in the request itself. */
const CONTENT_CHANNELS = ["email", "sms", "push"];

/** Each channel's own texts; found missing here, the caller learns it at once. */
const checkContent = (content: Content, channel: string): void => {
  if (!CONTENT_CHANNELS.includes(channel))
    throw wrongField("channel", `one of ${CONTENT_CHANNELS.join(", ")}`, "another");
  if (channel === "email") {
    if (content.subject === undefined)
      throw wrongField("content.subject", "a subject for the e-mail", "nothing");
    if (content.text === undefined && content.html === undefined) {
      throw wrongField("content.text", "text or html for the e-mail", "nothing");
    }
  }
  if (channel === "sms" && content.text === undefined) throw wrongField("content.text", "a text", "nothing");
  if (channel === "push" && (content.title === undefined || content.body === undefined)) {
    throw wrongField("content.title", "title and body for the push message", "nothing");
  }
};
