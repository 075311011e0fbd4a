import { withImpliedInputs } from "./model/implied-inputs.ts";
import { readDmn, readEach } from "./model/read.ts";
import type { Definitions } from "./model/types.ts";
import type { DmnError } from "./source/diagnostics.ts";
import type { DmnLimits } from "./source/limits.ts";
import type { DiagnosticLog } from "./text/diagnostic-log.ts";

/** One file to compile. */
export interface DmnSource {
  readonly text: string;
  /** A name for messages, such as `decisions/offer.dmn`. */
  readonly file?: string;
}

/** Reads the files. What cannot be read is reported and left out: a file, or what one of its elements holds. */
export function readAll(sources: readonly DmnSource[], limits: DmnLimits, log: DiagnosticLog): Definitions[] {
  const report = ({ diagnostic }: DmnError): void => {
    log.found.push(diagnostic);
  };
  const nameOf = (index: number): string => (index === 0 ? "model.dmn" : `model-${index + 1}.dmn`);
  return readEach(
    sources,
    ({ text, file }, index) => {
      const definitions = readDmn(text, file ?? nameOf(index), limits, report);
      const { source, xml } = definitions;
      return withImpliedInputs(definitions, (message) => {
        log.add({ source, xml }, "structure", message, { severity: "warning" });
      });
    },
    report,
  );
}
