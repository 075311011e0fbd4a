import { CHANNELS } from "#channels/all.ts";
import type { PlaybookDocument, Treatment } from "./document.ts";

/** All that a treatment says, in whatever language. */
const contentsOf = (
  { content, template, channel }: Treatment,
  { templates }: Pick<PlaybookDocument, "templates">,
): readonly NonNullable<Treatment["content"]>[] =>
  content === undefined ? Object.values(templates[`${template}/${channel}`] ?? {}) : [content];

/**
 * Whether a treatment may go out whenever the customer wrote last: all of it was approved, in every language, or its channel
 * asks for no approval. What a caller writes itself was not.
 */
export const isApproved = (treatment: Treatment, document: Pick<PlaybookDocument, "templates">): boolean => {
  const window = CHANNELS.get(treatment.channel)?.content?.window;
  if (window === undefined) return true;
  const contents = contentsOf(treatment, document);
  return contents.length > 0 && contents.every(window.isApproved);
};
