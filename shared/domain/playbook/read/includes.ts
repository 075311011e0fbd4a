import type { PlaybookFiles } from "../model/version.ts";

type Expanded =
  | { readonly ok: true; readonly source: string }
  | { readonly ok: false; readonly line: number; readonly message: string; readonly expected: string };

const INCLUDE = /<mj-include\s+path="([^"]*)"\s*\/?>(?:\s*<\/mj-include>)?/g;
const MAX_DEPTH = 4;

/**
 * Puts the files named by `<mj-include path="../_shared/footer.mjml" />` in their places; paths are relative to the
 * template. Line breaks of what is put in become blanks, so that MJML's complaints keep the template's own line numbers.
 */
export const expandIncludes = (path: string, source: string, files: PlaybookFiles, depth = 0): Expanded => {
  let problem: Extract<Expanded, { ok: false }> | undefined;
  const expanded = source.replace(INCLUDE, (_whole, target: string, offset: number) => {
    const found = relativeTo(path, target);
    const text = Object.hasOwn(files, found) ? files[found] : undefined;
    const line = source.slice(0, offset).split("\n").length;
    if (text === undefined) {
      problem ??= {
        ok: false,
        line,
        message: `There is no file ${found} to include`,
        expected: "a file of this playbook",
      };
      return "";
    }
    if (depth >= MAX_DEPTH) {
      problem ??= {
        ok: false,
        line,
        message: "Includes go too deep, or in a circle",
        expected: `at most ${MAX_DEPTH}`,
      };
      return "";
    }
    const inner = expandIncludes(found, text, files, depth + 1);
    if (!inner.ok) problem ??= { ...inner, line };
    return inner.ok ? inner.source.replace(/\s*\r?\n\s*/g, " ").trim() : "";
  });
  return problem ?? { ok: true, source: expanded };
};

const relativeTo = (path: string, target: string): string => {
  const steps = path.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
};
