import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { type MeasuredText, measuredTexts } from "#domain/message/render/sizes.ts";
import { playbookVersion } from "#domain/playbook/model/version.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { deployedChannels } from "./deployed.ts";
import { readFolder } from "./folder.ts";
import { counted, showFindings, type Terminal } from "./terminal.ts";

/** What a text costs as it is written; data adds to it. */
const sizeInWords = ({ name, channel, locale, size }: MeasuredText): string => {
  const { encoding, foreign, parts, units } = size;
  const because =
    foreign.length === 0 ? "" : ` for ${foreign.slice(0, 5).join(" ")}${foreign.length > 5 ? " ..." : ""}`;
  return `${name} (${channel}, ${locale}): ${counted(parts, "part")} of ${encoding}${because}, ${units} characters without what data brings`;
};

/** `rapport validate <folder>`: the same checks as when a playbook is uploaded, without a hub. */
export const validateFolder = async (folder: string, terminal: Terminal): Promise<number> => {
  const files = readFolder(folder);
  const { document, errors, warnings } = await parsePlaybook(
    files,
    renderMjml,
    deployedChannels(process.cwd(), terminal.environment.RAPPORT_CHANNELS),
  );
  showFindings([...errors, ...warnings], document ? terminal.out : terminal.error, folder);
  if (!document) {
    terminal.error(`\n${counted(errors.length, "error")}, ${counted(warnings.length, "warning")}`);
    return 1;
  }
  const { actions, triggers, segments, templates } = document;
  const parts = [
    counted(actions.length, "action"),
    counted(triggers.length, "trigger"),
    counted(segments.length, "segment"),
    counted(Object.keys(templates).length, "template"),
  ];
  terminal.out(
    `${playbookVersion(files)} is valid: ${parts.join(", ")}; ${counted(warnings.length, "warning")}`,
  );
  for (const text of measuredTexts(document, new Date().toISOString())) terminal.out(sizeInWords(text));
  return 0;
};
