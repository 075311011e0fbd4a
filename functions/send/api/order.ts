import { CHANNELS } from "#channels/all.ts";
import type { ChannelContent } from "#channels/definition/definition.ts";
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
  const channels = [...WRITTEN];
  const has = (part: string): boolean => Object.hasOwn(content, part);
  const marked = channels.find(([, { marks }]) => marks.some(has));
  const [bare = ""] = channels.find(([, { takesBareText }]) => takesBareText) ?? [];
  return marked?.[0] ?? addressed ?? bare;
};

/** Channels that content can be written for in the request itself. */
const WRITTEN: ReadonlyMap<string, ChannelContent> = new Map(
  [...CHANNELS].flatMap(([channel, { content }]) => (content === undefined ? [] : [[channel, content]])),
);

/** Each channel's own texts; found missing here, the caller learns it at once. */
const checkContent = (content: Content, channel: string): void => {
  const known = WRITTEN.get(channel);
  if (known === undefined) throw wrongField("channel", `one of ${[...WRITTEN.keys()].join(", ")}`, "another");
  for (const { oneOf, field, expected } of known.required) {
    if (oneOf.some((part) => Object.hasOwn(content, part))) continue;
    throw wrongField(`content.${field}`, expected, "nothing");
  }
};
