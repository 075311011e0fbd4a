import { vi } from "vitest";

/** Keeps what is logged from now on to look at; `vi.restoreAllMocks` ends it. */
export const keepLines = (): readonly string[] => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  return lines;
};
