import { CHANNELS } from "#channels/all.ts";
import { isApproved } from "../model/approved.ts";
import type { Draft, Report } from "../read/sources.ts";

/** Of channels that take free words only for a while after the customer wrote: what cannot be said at any other time. */
export const checkWritingWindow = ({ sources, document }: Draft, report: Report): void => {
  for (const [index, { treatments }] of document.actions.entries()) {
    const file = sources.actions[index]?.file;
    const bound = new Set(
      treatments.flatMap(({ channel }) => (CHANNELS.get(channel)?.content?.window ? [channel] : [])),
    );
    for (const channel of bound) {
      const own = treatments.filter((one) => one.channel === channel);
      if (file === undefined || own.some((one) => isApproved(one, document))) continue;
      report.warning(
        file.at(["treatments", treatments.findIndex((one) => one.channel === channel)]),
        "window",
        `By ${channel} nothing of this goes out unless the customer has just written: none of its treatments was approved`,
        "a treatment with a template beside it",
      );
    }
  }
  checkLanguages({ sources, document }, report);
};

/** A treatment that was approved in one language and not in another counts as not approved. */
const checkLanguages = ({ sources, document }: Pick<Draft, "sources" | "document">, report: Report): void => {
  for (const { path, template, channel, content } of sources.templates) {
    const window = CHANNELS.get(channel)?.content?.window;
    if (window === undefined || window.isApproved(content)) continue;
    const all = Object.values(document.templates[`${template}/${channel}`] ?? {});
    if (!all.some(window.isApproved)) continue;
    report.warning(
      { file: path, line: 1, column: 1 },
      "window",
      "It is written freely, and other languages of it are approved templates: none goes out unless the customer has just written",
      "a template in each language, or free words in a treatment of their own",
    );
  }
};
