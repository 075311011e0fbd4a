import { BOUNDS } from "#kernel/bounds.ts";
import type { PlaybookFinding } from "../model/finding.ts";
import type { PlaybookFiles } from "../model/version.ts";
import { KnowledgeHead } from "../schema/knowledge-file.ts";
import { checkShape } from "./issues.ts";
import type { KnowledgeSource } from "./sources.ts";
import { readYaml } from "./yaml-file.ts";

/** `knowledge/<page>[.<locale>].md` */
const PATH = /^knowledge\/([\p{L}\p{N}_-]+)(?:\.([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*))?\.md$/u;
const EXPECTED = "knowledge/<page>[.<locale>].md, such as knowledge/delivery.de.md";
const HEAD = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

type Read = { readonly page: KnowledgeSource | null; readonly findings: readonly PlaybookFinding[] };

const failed = (file: string, code: string, message: string, expected: string): Read => ({
  page: null,
  findings: [{ severity: "error", file, line: 1, column: 1, code, message, expected }],
});

/** Whether a file of the playbook is a page of knowledge. */
export const isKnowledge = (path: string): boolean => path.startsWith("knowledge/") && path.endsWith(".md");

const readPage = (path: string, source: string): Read => {
  const [, name, locale = null] = PATH.exec(path) ?? [];
  if (name === undefined)
    return failed(path, "page-name", "The name does not say which page this is", EXPECTED);
  const head = HEAD.exec(source);
  if (head === null)
    return failed(path, "front-matter", "The page has no head", "---, title: ..., --- and then the text");
  if (Buffer.byteLength(source) > BOUNDS.knowledgePageBytes) {
    const message = `The page has ${Buffer.byteLength(source)} bytes`;
    return failed(path, "too-large", message, `at most ${BOUNDS.knowledgePageBytes} bytes`);
  }
  // The fence before the head is YAML's own sign of a beginning: lines stay what they are.
  const read = readYaml(path, `---\n${head[1]}\n`);
  if (!read.file) return { page: null, findings: read.findings };
  const checked = checkShape(KnowledgeHead, read.file);
  if (checked.value === null) return { page: null, findings: checked.findings };
  const body = source.slice(head[0].length).trim();
  return { page: { file: read.file, value: checked.value, name, locale, body }, findings: [] };
};

/** The pages of a playbook, by path; what is wrong with them is added to `findings`. */
export const readKnowledge = (
  files: PlaybookFiles,
  findings: PlaybookFinding[],
): readonly KnowledgeSource[] => {
  const paths = Object.keys(files).filter(isKnowledge).sort();
  if (paths.length > BOUNDS.knowledgePages) {
    const message = `${paths.length} pages are too many`;
    const expected = `at most ${BOUNDS.knowledgePages} pages`;
    findings.push(...failed(paths[0] ?? "", "too-large", message, expected).findings);
    return [];
  }
  const pages: KnowledgeSource[] = [];
  for (const path of paths) {
    const { page, findings: wrong } = readPage(path, files[path] ?? "");
    findings.push(...wrong);
    if (page !== null) pages.push(page);
  }
  return pages;
};
