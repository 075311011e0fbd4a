import { hashId } from "#kernel/hash.ts";

/** Path -> text. */
export type PlaybookFiles = Readonly<Record<string, string>>;

/**
 * The form of `PlaybookDocument`. Part of the version, so that pushing the same files after an upgrade that changed the
 * form makes a new version instead of finding the old document. Raise it with every incompatible change of document.ts.
 */
export const DOCUMENT_FORM = "4";

/** As `DOCUMENT_FORM`, of what journeys become: release 0.1 kept them and ran none. */
const JOURNEYS_FORM = "1";

/** As `DOCUMENT_FORM`, of what sends become: releases before left them out. */
const SENDS_FORM = "1";

/** As `SENDS_FORM`, of canned answers. */
const ANSWERS_FORM = "1";

/** `pb_` and 26 hexadecimal digits: the same files always have the same version. */
export const playbookVersion = (files: PlaybookFiles): string =>
  hashId(
    "pb",
    DOCUMENT_FORM,
    ...(Object.keys(files).some((path) => path.startsWith("journeys/")) ? ["journeys", JOURNEYS_FORM] : []),
    ...(Object.keys(files).some((path) => path.startsWith("sends/")) ? ["sends", SENDS_FORM] : []),
    ...(Object.keys(files).some((path) => path.startsWith("answers/")) ? ["answers", ANSWERS_FORM] : []),
    ...Object.keys(files)
      .sort()
      .flatMap((path) => [path, files[path] ?? ""]),
  );
