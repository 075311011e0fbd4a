import type * as z from "zod/mini";
import { BOUNDS } from "#kernel/bounds.ts";
import { suggest } from "#kernel/suggest.ts";
import { importsOthers } from "../compile/parse-rules.ts";
import type { PlaybookFinding } from "../model/finding.ts";
import type { PlaybookFiles } from "../model/version.ts";
import { ActionFile } from "../schema/action-file.ts";
import { AnswerFile } from "../schema/answer-file.ts";
import { ContactPolicyFile } from "../schema/contact-policy-file.ts";
import { ConversationsFile } from "../schema/conversations-file.ts";
import { DataModelFile } from "../schema/data-model-file.ts";
import { ExperimentsFile } from "../schema/experiments-file.ts";
import { JourneyFile } from "../schema/journey-file.ts";
import { LearningFile } from "../schema/learning-file.ts";
import { ModelFile } from "../schema/model-file.ts";
import { PlaybookFile } from "../schema/playbook-file.ts";
import { RepliesFile } from "../schema/replies-file.ts";
import { SegmentsFile } from "../schema/segments-file.ts";
import { SendFile } from "../schema/send-file.ts";
import { SourcesFile } from "../schema/sources-file.ts";
import { TestFile } from "../schema/test-file.ts";
import { TriggersFile } from "../schema/triggers-file.ts";
import { WebhooksFile } from "../schema/webhooks-file.ts";
import { DEFAULT_CONTACT_POLICY } from "./defaults.ts";
import { mostBytesOf } from "./file-bytes.ts";
import { checkShape } from "./issues.ts";
import { readDecisions } from "./read-decisions.ts";
import { readKnowledge } from "./read-knowledge.ts";
import type { Parsed, PlaybookSources, RenderMjml, TemplateFile } from "./sources.ts";
import { type Around, readTemplate } from "./template-file.ts";
import { readYaml } from "./yaml-file.ts";

const SINGLE_FILES = [
  "playbook.yaml",
  "data-model.yaml",
  "contact-policy.yaml",
  "triggers.yaml",
  "segments.yaml",
  "sources.yaml",
  "learning.yaml",
  "experiments.yaml",
  "conversations.yaml",
  "replies.yaml",
  "webhooks.yaml",
] as const;
type SingleFile = (typeof SINGLE_FILES)[number];
const FOLDERS = [
  "actions/",
  "decisions/",
  "models/",
  "journeys/",
  "sends/",
  "answers/",
  "templates/",
  "tests/",
  "knowledge/",
];
/** Notes, and files that operating systems leave behind: they are not part of the playbook and are skipped silently. */
const IGNORED = /(^|\/)(\.[^/]*|[^/]*\.md|Thumbs\.db)$/;

/** Reads files of a shape, one by one or by folder; what is wrong with them is added to `findings`. */
const fileReader = (files: PlaybookFiles, findings: PlaybookFinding[]) => {
  const parse = <S extends z.ZodMiniType>(schema: S, path: string, text: string) => {
    const read = readYaml(path, text);
    findings.push(...read.findings);
    if (!read.file) return null;
    const checked = checkShape(schema, read.file.value === null ? { ...read.file, value: {} } : read.file);
    findings.push(...checked.findings);
    return checked.value === null ? null : { file: read.file, value: checked.value };
  };
  return {
    single: <S extends z.ZodMiniType>(schema: S, path: SingleFile, absent = "") =>
      parse(schema, path, files[path] ?? absent),
    /** Null where there is no such file, too. */
    ifThere: <S extends z.ZodMiniType>(schema: S, path: SingleFile) =>
      files[path] === undefined ? null : parse(schema, path, files[path]),
    folder: <S extends z.ZodMiniType>(schema: S, prefix: string, extension = ".yaml") =>
      Object.keys(files)
        .filter((path) => path.startsWith(prefix) && path.endsWith(extension))
        .sort()
        .map((path) => parse(schema, path, files[path] ?? "")),
  };
};

const readTemplates = async (
  files: PlaybookFiles,
  renderMjml: RenderMjml,
  findings: PlaybookFinding[],
): Promise<readonly TemplateFile[]> => {
  const templates: TemplateFile[] = [];
  const around: Around = { files, renderMjml, elements: { left: BOUNDS.uploadMjmlElements } };
  for (const path of Object.keys(files).sort()) {
    if (!isTemplate(path)) continue;
    const read = await readTemplate(path, around);
    findings.push(...read.findings);
    if (read.template) templates.push(read.template);
  }
  return templates;
};

const modelFiles = (files: PlaybookFiles): PlaybookSources["decisions"]["files"] =>
  Object.fromEntries(
    Object.entries(files).filter(([path]) => path.startsWith("decisions/") && path.endsWith(".dmn")),
  );

const readModels = (files: PlaybookFiles): PlaybookSources["decisions"] => {
  const dmn = modelFiles(files);
  return { files: dmn, ...readDecisions(dmn) };
};

/** Reads every file. `sources` is null when a file cannot be read or has the wrong shape. */
export const readFiles = async (
  files: PlaybookFiles,
  renderMjml: RenderMjml,
): Promise<{ readonly sources: PlaybookSources | null; readonly findings: readonly PlaybookFinding[] }> => {
  const findings: PlaybookFinding[] = [...checkSizes(files)];
  if (findings.length > 0) return { sources: null, findings };
  const { single, ifThere, folder } = fileReader(files, findings);
  if (files["playbook.yaml"] === undefined) findings.push(missingPlaybook(files));
  const playbook = ifThere(PlaybookFile, "playbook.yaml");
  const dataModel = single(DataModelFile, "data-model.yaml");
  const contactPolicy = single(ContactPolicyFile, "contact-policy.yaml", DEFAULT_CONTACT_POLICY);
  const triggers = single(TriggersFile, "triggers.yaml");
  const segments = single(SegmentsFile, "segments.yaml");
  const sources = single(SourcesFile, "sources.yaml");
  const learning = ifThere(LearningFile, "learning.yaml");
  const experiments = ifThere(ExperimentsFile, "experiments.yaml");
  const conversations = ifThere(ConversationsFile, "conversations.yaml");
  const replies = ifThere(RepliesFile, "replies.yaml");
  const webhooks = ifThere(WebhooksFile, "webhooks.yaml");
  const actions = folder(ActionFile, "actions/");
  const journeys = folder(JourneyFile, "journeys/");
  const sends = folder(SendFile, "sends/");
  const answers = folder(AnswerFile, "answers/");
  const tests = folder(TestFile, "tests/");
  // JSON is YAML too, and so its mistakes are found by line and column.
  const models = folder(ModelFile, "models/", ".json");
  const knowledge = readKnowledge(files, findings);
  const templates = await readTemplates(files, renderMjml, findings);
  findings.push(...unknownFiles(files));
  const isWrong = findings.some(({ severity }) => severity === "error");
  if (!playbook || !dataModel || !contactPolicy || !triggers || !segments || !sources || isWrong) {
    return { sources: null, findings };
  }
  if (
    !allParsed(actions) ||
    !allParsed(journeys) ||
    !allParsed(models) ||
    !allParsed(tests) ||
    !allParsed(sends) ||
    !allParsed(answers)
  )
    return { sources: null, findings };
  const decisions = readModels(files);
  const core = { playbook, dataModel, contactPolicy, triggers, segments, sources };
  const one = { ...core, learning, experiments, conversations, replies, knowledge, webhooks };
  return {
    sources: { ...one, actions, models, journeys, sends, answers, tests, templates, decisions },
    findings,
  };
};

const allParsed = <T>(files: readonly (Parsed<T> | null)[]): files is readonly Parsed<T>[] =>
  files.every((file) => file !== null);

/** Folders that start with `_` hold pieces for `mj-include`. */
const isTemplate = (path: string): boolean =>
  path.startsWith("templates/") && !path.startsWith("templates/_") && !IGNORED.test(path);

const isKnown = (path: string): boolean =>
  SINGLE_FILES.some((name) => name === path) ||
  /^(actions|answers|journeys|sends|tests)\/[^/]+\.yaml$/.test(path) ||
  /^decisions\/[^/]+\.dmn$/.test(path) ||
  /^models\/[^/]+\.json$/.test(path) ||
  path.startsWith("templates/") ||
  IGNORED.test(path);

const place = (file: string) => ({ file, line: 1, column: 1 });

const unknownFiles = (files: PlaybookFiles): readonly PlaybookFinding[] =>
  Object.keys(files)
    .filter((path) => !isKnown(path))
    .map((path) => {
      const meant = suggest(path, SINGLE_FILES);
      const expected = meant
        ? `did you mean "${meant}"?`
        : `${SINGLE_FILES.join(", ")}, or a file in ${FOLDERS.join(", ")}`;
      return {
        severity: "warning",
        ...place(path),
        code: "unknown-file",
        message: "This file is no part of a playbook and is ignored",
        expected,
      };
    });

const missingPlaybook = (files: PlaybookFiles): PlaybookFinding => {
  const nested = Object.keys(files).find((path) => path.endsWith("/playbook.yaml"));
  return {
    severity: "error",
    ...place("playbook.yaml"),
    code: "missing-file",
    message: nested
      ? `There is no playbook.yaml at the top, but there is ${nested}`
      : "There is no playbook.yaml",
    expected: "playbook.yaml with name, brand and channels",
  };
};

const checkSizes = (files: PlaybookFiles): readonly PlaybookFinding[] => {
  const findings: PlaybookFinding[] = [];
  const tooLarge = (file: string, message: string, expected: string) =>
    findings.push({ severity: "error", ...place(file), code: "too-large", message, expected });
  const entries = Object.entries(files);
  if (entries.length > BOUNDS.uploadFiles) {
    tooLarge("playbook.yaml", `${entries.length} files are too many`, `at most ${BOUNDS.uploadFiles} files`);
  }
  let total = 0;
  for (const [path, text] of entries) {
    const bytes = Buffer.byteLength(text);
    total += bytes;
    const most = mostBytesOf(path);
    if (bytes > most) {
      tooLarge(path, `The file has ${bytes} bytes`, `at most ${most} bytes`);
    }
  }
  if (total > BOUNDS.uploadTextBytes) {
    tooLarge(
      "playbook.yaml",
      `All files together have ${total} bytes`,
      `at most ${BOUNDS.uploadTextBytes} bytes`,
    );
  }
  const models = Object.entries(modelFiles(files));
  const importing = models.filter(([, text]) => importsOthers(text)).map(([path]) => path);
  const bytes = models.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  const [first] = importing;
  if (first !== undefined && importing.length * bytes > BOUNDS.uploadImportBytes) {
    const message = `${importing.length} models import others, and all models together have ${bytes} bytes`;
    tooLarge(first, message, `at most ${BOUNDS.uploadImportBytes} bytes when each is read with all others`);
  }
  return findings;
};
