import { hashId } from "#kernel/hash.ts";

/** Path -> text. */
export type PlaybookFiles = Readonly<Record<string, string>>;

/**
 * The form of `PlaybookDocument`. Part of the version, so that pushing the same files after an upgrade that changed the
 * form makes a new version instead of finding the old document. Raise it with every incompatible change of document.ts.
 */
export const DOCUMENT_FORM = "4";

/** `pb_` and 26 hexadecimal digits: the same files always have the same version. */
export const playbookVersion = (files: PlaybookFiles): string =>
  hashId(
    "pb",
    DOCUMENT_FORM,
    ...Object.keys(files)
      .sort()
      .flatMap((path) => [path, files[path] ?? ""]),
  );
