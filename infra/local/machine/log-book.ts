/** The last lines that functions wrote, for a look at them and for tests that nothing personal is logged. */
export type LogBook = {
  readonly add: (label: string, line: string) => void;
  readonly lines: (label?: string) => readonly LogLine[];
};
export type LogLine = { readonly at: string; readonly function: string; readonly line: string };

const KEPT = 5000;

export function createLogBook(
  now: () => number,
  onLog: ((label: string, line: string) => void) | undefined,
): LogBook {
  let lines: LogLine[] = [];
  return {
    add: (label, line) => {
      if (line.trim() === "") return;
      lines.push({ at: new Date(now()).toISOString(), function: label, line });
      if (lines.length > 2 * KEPT) lines = lines.slice(-KEPT);
      onLog?.(label, line);
    },
    lines: (label) => lines.slice(-KEPT).filter((line) => label === undefined || line.function === label),
  };
}
