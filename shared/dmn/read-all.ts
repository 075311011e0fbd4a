import { readDmn } from "./model/read.ts";
import type { Definitions } from "./model/types.ts";
import { DmnError } from "./source/diagnostics.ts";
import type { DmnLimits } from "./source/limits.ts";
import type { DiagnosticLog } from "./text/diagnostic-log.ts";

/** One file to compile. */
export interface DmnSource {
  readonly text: string;
  /** A name for messages, such as `decisions/offer.dmn`. */
  readonly file?: string;
}

/** Reads the files; what cannot be read is reported and left out: a file, or what one of its elements holds. */
export function readAll(sources: readonly DmnSource[], limits: DmnLimits, log: DiagnosticLog): Definitions[] {
  const report = ({ diagnostic }: DmnError): void => {
    log.found.push(diagnostic);
  };
  return sources.flatMap(({ text, file }, index) => {
    try {
      return readDmn(text, file ?? (index === 0 ? "model.dmn" : `model-${index + 1}.dmn`), limits, report);
    } catch (error) {
      if (!(error instanceof DmnError)) throw error;
      report(error);
      return [];
    }
  });
}
