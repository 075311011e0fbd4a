import { compileAllRules, compilePlaybook } from "#domain/playbook/compile/compile.ts";
import type { PlaybookFinding } from "#domain/playbook/model/finding.ts";
import { type PlaybookFiles, playbookVersion } from "#domain/playbook/model/version.ts";
import { type ParsedPlaybook, parsePlaybook } from "#domain/playbook/parse.ts";
import type { RenderMjml } from "#domain/playbook/read/sources.ts";
import { RapportError } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { PlaybookStore } from "#ports/playbook-store.ts";

/** What keeps a playbook out that asks for its tests to hold; the rest of it is right. */
export type FailedTests = (parsed: ParsedPlaybook) => Promise<readonly PlaybookFinding[]>;

type Keeping = {
  readonly playbooks: Pick<PlaybookStore, "put">;
  readonly renderMjml: RenderMjml;
  readonly failedTests: FailedTests;
  readonly clock: Clock;
};

/** `playbook_invalid` with everything that was found; the message tells of the first error. */
export const invalidPlaybook = ({
  errors,
  warnings,
}: Pick<ParsedPlaybook, "errors" | "warnings">): RapportError => {
  const [first] = errors;
  const place = first ? `${first.file}:${first.line}:${first.column} ${first.message}` : "";
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
  return new RapportError("playbook_invalid", `${place}${more}`, { extra: { errors, warnings } });
};

/**
 * Validates files, plays their tests where the playbook asks for that, and keeps them as a version, which the same files always have, whoever brings them.
 * @throws RapportError `playbook_invalid` with the findings
 */
export const keepPlaybook = async (
  { playbooks, renderMjml, failedTests, clock }: Keeping,
  files: PlaybookFiles,
): Promise<{ readonly version: string; readonly warnings: readonly PlaybookFinding[] }> => {
  const parsed = await parsePlaybook(files, renderMjml);
  const { document, warnings } = parsed;
  if (!document) throw invalidPlaybook(parsed);
  if (parsed.draft?.sources.playbook.value.requireTests === true) {
    const errors = await failedTests(parsed);
    if (errors.length > 0) throw invalidPlaybook({ errors, warnings });
  }
  const version = playbookVersion(files);
  const createdAt = new Date(clock.now()).toISOString();
  await playbooks.put({ version, name: document.name, createdAt, files, document: JSON.stringify(document) });
  return { version, warnings };
};

/**
 * A version kept by an older release must still compile in this one before customers depend on it.
 * @throws RapportError `playbook_invalid`
 */
export const compileOrRefuse = (version: string, document: string): void => {
  try {
    compileAllRules(compilePlaybook(version, JSON.parse(document)));
  } catch (cause) {
    const message =
      "this version was kept by another release and cannot run in this one: push its files again";
    throw new RapportError("playbook_invalid", message, { cause });
  }
};
