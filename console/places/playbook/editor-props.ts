import type { Finding } from "./data.ts";

/** What every editor of a file is given. */
export type EditorProps = {
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly readOnly: boolean;
  readonly onText: (text: string) => void;
};
