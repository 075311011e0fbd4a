import { buildDocument } from "./build/build.ts";
import { checkAnswers } from "./check/answers.ts";
import { checkCloudSources } from "./check/cloud-sources.ts";
import { checkConversations } from "./check/conversations.ts";
import { checkDataModel } from "./check/data-model.ts";
import { checkDecisions } from "./check/decisions.ts";
import { checkDeployed } from "./check/deployed.ts";
import { checkExperiments } from "./check/experiments.ts";
import { checkInTime } from "./check/in-time.ts";
import { checkJourneys } from "./check/journeys.ts";
import { checkLearning } from "./check/learning.ts";
import { checkModels } from "./check/models.ts";
import { checkNames } from "./check/names.ts";
import { checkOffers } from "./check/offers.ts";
import { checkOwnWords } from "./check/own-words.ts";
import { checkPolicy } from "./check/policy.ts";
import { checkPreferredChannel } from "./check/preferred-channel.ts";
import { checkProfileRoom } from "./check/profile-room.ts";
import { checkPublicTriggers } from "./check/public-triggers.ts";
import { checkReferences } from "./check/references.ts";
import { checkReplies } from "./check/replies.ts";
import { checkReportedSegments } from "./check/reported-segments.ts";
import { checkRules } from "./check/rules.ts";
import { checkSends } from "./check/sends.ts";
import { checkTemplateLinks } from "./check/template-links.ts";
import { checkTemplates } from "./check/templates.ts";
import { checkTests } from "./check/tests.ts";
import { checkTriggers } from "./check/triggers.ts";
import { checkWebhooks } from "./check/webhooks.ts";
import { checkWritingWindow } from "./check/writing-window.ts";
import { parseRules } from "./compile/parse-rules.ts";
import type { PlaybookDocument } from "./model/document.ts";
import { MAX_FINDINGS, type PlaybookFinding } from "./model/finding.ts";
import type { PlaybookFiles } from "./model/version.ts";
import { readFiles } from "./read/read-files.ts";
import type { Draft, RenderMjml, Report } from "./read/sources.ts";

export type ParsedPlaybook = {
  /** Null when `errors` has something. */
  readonly document: PlaybookDocument | null;
  readonly errors: readonly PlaybookFinding[];
  readonly warnings: readonly PlaybookFinding[];
  /** The files as they were read, for whoever tells of places in them, and rehearses them. Null where `document` is null. */
  readonly draft: Draft | null;
};

const CHECKS = [
  checkNames,
  checkDataModel,
  checkReferences,
  checkPolicy,
  checkPreferredChannel,
  checkOffers,
  checkTriggers,
  checkJourneys,
  checkSends,
  checkPublicTriggers,
  checkProfileRoom,
  checkReportedSegments,
  checkInTime,
  checkCloudSources,
  checkWebhooks,
  checkDecisions,
  checkConversations,
  checkAnswers,
  checkReplies,
  checkLearning,
  checkModels,
  checkExperiments,
  checkRules,
  checkTemplates,
  checkWritingWindow,
  checkTemplateLinks,
  checkOwnWords,
  checkTests,
];

/**
 * Reads and validates the files of a playbook ({path: text}). First every file by itself; only when all of them have the
 * right shape, how they fit together.
 * @param deployed the channels that the hub has workers for; absent: nobody knows
 */
export const parsePlaybook = async (
  files: PlaybookFiles,
  renderMjml: RenderMjml,
  deployed?: readonly string[],
): Promise<ParsedPlaybook> => {
  const { sources, findings } = await readFiles(files, renderMjml);
  if (!sources) return { ...sorted(null, findings), draft: null };
  const found = [...findings];
  const finder =
    (severity: PlaybookFinding["severity"]): Report["error"] =>
    (place, code, message, expected) => {
      found.push({ severity, ...place, code, message, ...(expected === undefined ? {} : { expected }) });
    };
  const report: Report = { error: finder("error"), warning: finder("warning") };
  const document = buildDocument(sources);
  for (const check of CHECKS) check({ sources, document }, report);
  if (deployed !== undefined) checkDeployed({ sources, document }, deployed, report);
  const parsed = sorted(document, found);
  return { ...parsed, draft: parsed.document === null ? null : { sources, document } };
};

const sorted = (
  document: PlaybookDocument | null,
  findings: readonly PlaybookFinding[],
): Pick<ParsedPlaybook, "document" | "errors" | "warnings"> => {
  const inOrder = [...findings].sort(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  );
  const errors = inOrder.filter(({ severity }) => severity === "error");
  const warnings = inOrder.filter(({ severity }) => severity === "warning");
  return {
    document: document && errors.length === 0 ? parseRules(document) : null,
    errors: errors.slice(0, MAX_FINDINGS),
    warnings: warnings.slice(0, MAX_FINDINGS),
  };
};
