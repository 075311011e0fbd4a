import { wrongField } from "#kernel/errors.ts";
import type { PlaybookFiles } from "../model/version.ts";

/** What archivers, operating systems and editors leave behind, and hidden files: no part of a playbook. */
export const isLitter = (path: string): boolean => LITTER.test(path);
const LITTER = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|\.git\/|\.)/;

/**
 * Paths as every other part expects them: relative, with slashes, without `.`. Takes away a folder around everything
 * (`retail/playbook.yaml`), which zip programs like to add. Throws `invalid_request` on a path that leads outside.
 */
export const normalizeFiles = (files: PlaybookFiles): PlaybookFiles => {
  const entries = Object.entries(files).map(([path, text]) => [normalizePath(path), text] as const);
  const kept = entries.filter(([path]) => !isLitter(path));
  const root = commonRoot(kept.map(([path]) => path));
  return Object.fromEntries(kept.map(([path, text]) => [path.slice(root.length), text]));
};

const normalizePath = (path: string): string => {
  const steps = path
    .replaceAll("\\", "/")
    .replace(/^(\.\/)+/, "")
    .split("/");
  const isOutside =
    steps.some((step) => step === ".." || step === "." || step === "") || /^[a-zA-Z]:/.test(path);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may stand in a path
  if (!isOutside && path.length <= 300 && !/[\u0000-\u001f\u007f]/.test(path)) return steps.join("/");
  const expected = "a relative path such as actions/welcome.yaml";
  throw wrongField(`files.${path.slice(0, 100)}`, expected, "another path");
};

const commonRoot = (paths: readonly string[]): string => {
  if (paths.includes("playbook.yaml")) return "";
  const [first = ""] = paths;
  const root = first.slice(0, first.indexOf("/") + 1);
  return root !== "" && paths.includes(`${root}playbook.yaml`) && paths.every((path) => path.startsWith(root))
    ? root
    : "";
};
