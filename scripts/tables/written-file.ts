/** A file of the project that is written by a program: its path from the root, and its whole text. */
export interface WrittenFile {
  readonly path: string;
  readonly text: string;
}

/** Puts above the code that it is written, by which program, and what is in it (lines that a comment may hold). */
export const writtenFile = (
  path: string,
  {
    writer,
    about,
    code,
  }: { readonly writer: string; readonly about: readonly string[]; readonly code: string },
): WrittenFile => ({
  path,
  text: `/*
 * Written by \`npm run tables\` (scripts/tables/${writer}): do not edit.
${about.map((line) => ` * ${line}`).join("\n")}
 */
${code}`,
});
