import { BOUNDS } from "#kernel/bounds.ts";
import type { PlaybookFiles } from "../model/version.ts";

type Problem = {
  readonly ok: false;
  readonly code: "missing-include" | "too-large";
  readonly line: number;
  readonly message: string;
  readonly expected: string;
};
type Expanded = { readonly ok: true; readonly source: string } | Problem;

const INCLUDE = /<mj-include\s+path="([^"]*)"\s*\/?>(?:\s*<\/mj-include>)?/g;
const MAX_DEPTH = 4;

/** What one template may still include: pieces within pieces multiply. */
type Room = { pieces: number; bytes: number };

/**
 * Puts the files named by `<mj-include path="../_shared/footer.mjml" />` in their places; paths are relative to the
 * template. Line breaks of what is put in become blanks, so that MJML's complaints keep the template's own line numbers.
 */
export const expandIncludes = (path: string, source: string, files: PlaybookFiles): Expanded => {
  const room: Room = { pieces: BOUNDS.includes, bytes: BOUNDS.includedBytes - Buffer.byteLength(source) };
  return expand({ path, source, depth: 0 }, files, room);
};

type Piece = { readonly path: string; readonly source: string; readonly depth: number };

const expand = ({ path, source, depth }: Piece, files: PlaybookFiles, room: Room): Expanded => {
  let problem: Problem | undefined;
  const expanded = source.replace(INCLUDE, (_whole, target: string, offset: number) => {
    if (problem !== undefined) return "";
    const found = relativeTo(path, target);
    const text = Object.hasOwn(files, found) ? files[found] : undefined;
    const line = source.slice(0, offset).split("\n").length;
    const fault = whyNot(found, text, depth, room);
    if (fault !== null || text === undefined) {
      problem = fault === null ? undefined : { ok: false, line, ...fault };
      return "";
    }
    const inner = expand({ path: found, source: text, depth: depth + 1 }, files, room);
    if (!inner.ok) problem = { ...inner, line };
    return inner.ok ? inner.source.replace(/\s*\r?\n\s*/g, " ").trim() : "";
  });
  return problem ?? { ok: true, source: expanded };
};

type Fault = Pick<Problem, "code" | "message" | "expected">;

/** Why a piece is not put in; else its size is taken off the room. */
const whyNot = (found: string, text: string | undefined, depth: number, room: Room): Fault | null => {
  if (text === undefined) {
    const message = `There is no file ${found} to include`;
    return { code: "missing-include", message, expected: "a file of this playbook" };
  }
  if (depth >= MAX_DEPTH) {
    const message = "Includes go too deep, or in a circle";
    return { code: "missing-include", message, expected: `at most ${MAX_DEPTH}` };
  }
  room.pieces -= 1;
  room.bytes -= Buffer.byteLength(text);
  if (room.pieces < 0) {
    const message = "The template includes too many pieces, those within pieces counted";
    return { code: "too-large", message, expected: `at most ${BOUNDS.includes}` };
  }
  if (room.bytes < 0) {
    const message = "The template is too large with what it includes";
    return { code: "too-large", message, expected: `at most ${BOUNDS.includedBytes} bytes` };
  }
  return null;
};

const relativeTo = (path: string, target: string): string => {
  const steps = path.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
};
