import type { DiagnosticLog } from "../diagnostic-log.ts";
import { DmnError } from "../diagnostics.ts";
import type { DmnLimits } from "../limits.ts";
import { readDmn } from "./read.ts";
import type { Definitions } from "./types.ts";

/** One file to compile. */
export interface DmnSource {
  readonly text: string;
  /** A name for messages, such as `decisions/offer.dmn`. */
  readonly file?: string;
}

/** Reads the files; one that cannot be read is reported and left out. */
export function readAll(sources: readonly DmnSource[], limits: DmnLimits, log: DiagnosticLog): Definitions[] {
  const read: Definitions[] = [];
  sources.forEach(({ text, file }, index) => {
    try {
      read.push(readDmn(text, file ?? (index === 0 ? "model.dmn" : `model-${index + 1}.dmn`), limits));
    } catch (error) {
      if (!(error instanceof DmnError)) throw error;
      log.found.push(error.diagnostic);
    }
  });
  return read;
}
