import { withoutAbsent } from "#kernel/json.ts";
import type { PlaybookDocument } from "../model/document.ts";
import type { SourcesFile } from "../schema/sources-file.ts";

/** Cloud events as `sources.yaml` maps them, and what other systems send. */
export const buildCloudSources = ({
  foreign,
  ...sources
}: SourcesFile): Pick<PlaybookDocument, "sources" | "foreign"> => ({
  sources: Object.entries(sources).map(([name, { description: _, ...source }]) =>
    withoutAbsent({ name, ...source, properties: source.properties ?? {} }),
  ),
  ...(foreign === undefined ? {} : { foreign: foreign.map(withoutAbsent) }),
});
