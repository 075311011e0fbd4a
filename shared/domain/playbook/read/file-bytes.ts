import { BOUNDS } from "#kernel/bounds.ts";

/** How many bytes a file of that path may have: tables have thousands of rows, what people write as text has not. */
export const mostBytesOf = (path: string): number =>
  path.endsWith(".dmn") ? BOUNDS.uploadTableBytes : BOUNDS.uploadFileBytes;
