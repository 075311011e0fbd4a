import { withoutAbsent } from "#kernel/json.ts";
import type { PlaybookDocument } from "../model/document.ts";
import type { PlannedSend } from "../model/sends.ts";
import type { Parsed, PlaybookSources } from "../read/sources.ts";
import type { SendFile } from "../schema/send-file.ts";

/** `sends/monthly.yaml` -> `monthly`. */
const nameOf = (path: string): string => path.slice("sends/".length, -".yaml".length);

const buildSend = ({ file, value }: Parsed<SendFile>): PlannedSend => {
  const { description: _, stopAt, ...fields } = value;
  return {
    name: nameOf(file.path),
    ...withoutAbsent(fields),
    ...(stopAt === undefined ? {} : { stopAt: withoutAbsent(stopAt) }),
    file: file.path,
  };
};

/** Nothing where there are none: documents of before say nothing of them. */
export const buildSends = ({ sends }: Pick<PlaybookSources, "sends">): Pick<PlaybookDocument, "sends"> =>
  sends.length === 0 ? {} : { sends: sends.map(buildSend) };
