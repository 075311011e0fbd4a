import { MAX_FINDINGS, type PlaybookFinding } from "#domain/playbook/model/finding.ts";
import type { ParsedPlaybook } from "#domain/playbook/parse.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { playTests, rehearsable } from "./tests.ts";

const finding = (
  place: Pick<PlaybookFinding, "file" | "line" | "column">,
  code: string,
  message: string,
  expected: string,
): PlaybookFinding => ({ severity: "error", ...place, code, message, expected });

/** What keeps a playbook out that asks for its tests to hold (`requireTests`): each that does not, at its line. */
export const failedTests = async (parsed: ParsedPlaybook): Promise<readonly PlaybookFinding[]> => {
  const playbook = rehearsable(parsed);
  if (playbook === null) return [];
  const asking = playbook.draft.sources.playbook.file.at(["requireTests"]);
  const found: PlaybookFinding[] = [];
  const start = performance.now();
  let played = 0;
  for await (const { test, failures } of playTests(playbook)) {
    played += 1;
    for (const { place, message } of failures)
      found.push(finding(place, "test-failed", `${test.fields.it}: ${message}`, "every test to hold"));
    if (performance.now() - start < BOUNDS.requiredTestsMs) continue;
    const message = `The first ${played} tests took ${BOUNDS.requiredTestsMs / 1_000} seconds`;
    found.push(finding(asking, "tests-too-long", message, "tests that take less together"));
    break;
  }
  if (played === 0)
    found.push(finding(asking, "no-tests", "There are no tests that could hold", "files in tests/"));
  return found.slice(0, MAX_FINDINGS);
};
