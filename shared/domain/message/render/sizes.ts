import { CHANNELS } from "#channels/all.ts";
import type { TextSize } from "#channels/definition/definition.ts";
import { RapportError } from "#kernel/errors.ts";
import { renderLiquid } from "#template/liquid/template.ts";
import type { PlaybookDocument } from "../../playbook/model/document.ts";

export type MeasuredText = {
  /** A template, or a treatment that has its content itself. */
  readonly name: string;
  readonly channel: string;
  readonly locale: string;
  readonly size: TextSize;
};

type Written = Omit<MeasuredText, "size"> & { readonly content: Readonly<Record<string, unknown>> };

const textsOf = ({ actions, brand, templates }: PlaybookDocument): readonly Written[] => [
  ...Object.entries(templates).flatMap(([key, byLocale]) => {
    const slash = key.lastIndexOf("/");
    const [name, channel] = [key.slice(0, slash), key.slice(slash + 1)];
    return Object.entries(byLocale).map(([locale, content]) => ({ name, channel, locale, content }));
  }),
  ...actions
    .flatMap(({ treatments }) => treatments)
    .flatMap(({ name, channel, content }) =>
      content === undefined ? [] : [{ name, channel, locale: brand.locale, content }],
    ),
];

/**
 * How large the playbook's own texts are on channels that count more than characters, for a customer of whom nothing is
 * known: what data brings comes on top. Those that cannot do without data are left out.
 * @param now ISO-8601
 */
export const measuredTexts = (document: PlaybookDocument, now: string): readonly MeasuredText[] => {
  const { brand } = document;
  return textsOf(document).flatMap(({ content, ...where }) => {
    const measure = CHANNELS.get(where.channel)?.content?.measure;
    const source = content.text ?? content.body;
    if (measure === undefined || typeof source !== "string") return [];
    const scope = { customer: {}, event: {}, data: {}, context: {}, brand: { ...brand.extra, ...brand } };
    const setting = { locale: where.locale, timeZone: brand.timeZone, now };
    try {
      const text = renderLiquid({ name: "text", source, mode: "text" }, scope, setting);
      return [{ ...where, size: measure(text.trim()) }];
    } catch (error) {
      if (error instanceof RapportError) return [];
      throw error;
    }
  });
};
