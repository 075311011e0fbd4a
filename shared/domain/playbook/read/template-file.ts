import * as z from "zod/mini";
import { CHANNELS } from "#channels/all.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import type { TemplateContent } from "../model/document.ts";
import type { PlaybookFinding } from "../model/finding.ts";
import type { PlaybookFiles } from "../model/version.ts";
import { approvedKept, YAML_MEMBERS } from "../schema/content-members.ts";
import { readFrontMatter } from "./front-matter.ts";
import { expandIncludes } from "./includes.ts";
import { checkShape } from "./issues.ts";
import { tooMuchMjml } from "./mjml-bounds.ts";
import type { LiquidText, RenderMjml, TemplateFile } from "./sources.ts";
import { liquidTextsOf } from "./template-texts.ts";
import { readYaml } from "./yaml-file.ts";

/** `templates/<template>/<channel>[.<locale>].<extension>` */
const PATH =
  /^templates\/([^/]+)\/([\p{L}\p{N}_-]+)(?:\.([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*))?\.(mjml|html|txt|yaml)$/u;
const [[EXAMPLE = "", { content }] = ["", {}]] = CHANNELS;
const EXPECTED_PATH = `templates/<template>/<channel>[.<locale>].<mjml|html|txt|yaml>, such as templates/welcome/${EXAMPLE}.de.${content?.file}`;

/** YAML of a channel whose content is shown by somebody else: a web slot, a call-centre screen. */
export const PlacementContentFile = z.record(z.string(), z.json());

type Read = { readonly template: TemplateFile | null; readonly findings: readonly PlaybookFinding[] };

/** What reading a template needs beside its file. */
export type Around = {
  /** All files, for includes. */
  readonly files: PlaybookFiles;
  readonly renderMjml: RenderMjml;
  /** Elements of MJML that this upload may still have. */
  readonly elements: { left: number };
};

/** Reads one file under `templates/`. */
export const readTemplate = async (path: string, around: Around): Promise<Read> => {
  const { files } = around;
  const source = files[path] ?? "";
  const match = PATH.exec(path);
  const [, template, channel, locale = null, extension] = match ?? [];
  if (!template || !channel || !extension) {
    const message = "The name does not say which template and channel this is";
    return failed(path, "template-name", { message, expected: EXPECTED_PATH });
  }
  const head = { path, template, channel, locale };
  if (extension === "yaml") return readData(head, source);
  const features = CHANNELS.get(channel)?.content?.features;
  if (extension === "txt") return features?.subject ? readMail(head, source, "text") : readText(head, source);
  if (!features?.html) {
    const message = `.${extension} is for ${channelsOfHtml()} only`;
    return failed(path, "template-name", { message, expected: `${channel}.txt or ${channel}.yaml` });
  }
  if (extension === "html") return readMail(head, source, "html");
  const expanded = expandIncludes(path, source, files);
  if (!expanded.ok) return failed(path, expanded.code, expanded);
  const tooMuch = tooMuchMjml(expanded.source, around.elements);
  if (tooMuch !== null) return failed(path, "too-large", tooMuch);
  return readMjml(head, expanded.source, around);
};

const channelsOfHtml = (): string =>
  [...CHANNELS.values()]
    .filter(({ content }) => content?.features.html)
    .map(({ words }) => words.message)
    .join(" and ");

type Head = Pick<TemplateFile, "path" | "template" | "channel" | "locale">;

type Fault = { readonly message: string; readonly expected: string; readonly line?: number };

const failed = (path: string, code: string, { message, expected, line = 1 }: Fault): Read => ({
  template: null,
  findings: [{ severity: "error", file: path, line, column: 1, code, message, expected }],
});

const readText = (head: Head, source: string): Read =>
  done(head, { text: source.trimEnd() }, [wholeFile(head.path, source)]);

const readData = (head: Head, source: string): Read => {
  const read = readYaml(head.path, source);
  if (!read.file) return { template: null, findings: read.findings };
  const members = YAML_MEMBERS.get(head.channel);
  const shape = members === undefined ? [] : checkShape(members, read.file).findings;
  const checked = checkShape(PlacementContentFile, read.file);
  if (checked.value === null || shape.length > 0) {
    return { template: null, findings: shape.length > 0 ? shape : checked.findings };
  }
  const { file } = read;
  const known = CHANNELS.get(head.channel)?.content;
  const value = known?.members === undefined ? checked.value : approvedKept(known.members, checked.value);
  const faults = known?.faults?.(value) ?? [];
  if (faults.length === 0) return done(head, value, liquidTextsOf(file, value));
  const findings = faults.map(({ path, message, expected }): PlaybookFinding => {
    const place = file.at(path);
    return { severity: "error", code: "wrong-content", message, expected, ...place };
  });
  return { template: null, findings };
};

const readMail = (head: Head, source: string, part: "html" | "text"): Read => {
  const { fields, texts, body, bodyLine, findings } = readFrontMatter(head.path, source);
  if (findings.length > 0) return { template: null, findings };
  const content = { ...fields, [part]: part === "text" ? body.trimEnd() : body };
  return done(head, content, [...texts, wholeFile(head.path, body, bodyLine)]);
};

const readMjml = async (head: Head, source: string, { renderMjml }: Around): Promise<Read> => {
  const { fields, texts, body, bodyLine, findings } = readFrontMatter(head.path, source);
  if (findings.length > 0) return { template: null, findings };
  const { html, problems } = await renderMjml(inLanguage(body, head.locale));
  if (problems.length > 0) {
    const found = problems.map(
      (problem): PlaybookFinding => ({
        severity: "error",
        file: head.path,
        line: problem.line + bodyLine - 1,
        column: 1,
        code: "mjml",
        message: problem.message.slice(0, LONGEST_MESSAGE),
        ...mjmlHint(problem.message),
      }),
    );
    return { template: null, findings: found };
  }
  if (html.length > BOUNDS.templateBytes) {
    const message = `The mail has ${html.length} characters of HTML`;
    return failed(head.path, "too-large", { message, expected: `at most ${BOUNDS.templateBytes}` });
  }
  return done(head, { ...fields, html }, [...texts, wholeFile(head.path, body, bodyLine)]);
};

/** MJML names whatever it does not know. */
const LONGEST_MESSAGE = 500;

/** What MJML's messages leave to be guessed. Those that list what is allowed say enough. */
const mjmlHint = (message: string): Pick<PlaybookFinding, "expected"> => {
  if (/^(Malformed|Parsing)/.test(message)) {
    return { expected: "<mjml><mj-body> sections with columns </mj-body></mjml>, every tag closed" };
  }
  if (message.includes("doesn't exist"))
    return { expected: "an element of MJML, such as mj-text or mj-button" };
  return message.startsWith("Attribute") && message.endsWith("illegal")
    ? { expected: "an attribute of this element, such as color, padding or css-class" }
    : {};
};

/** Screen readers choose their voice by `lang` (WCAG 2.2, 3.1.1); MJML says `und` where a mail does not name it itself. */
const inLanguage = (mjml: string, locale: string | null): string =>
  mjml.replace(
    /<mjml(?=[\s>])(?![^>]*\slang=)/,
    `$& lang="${locale?.replace("_", "-") ?? "{{ brand.locale }}"}"`,
  );

const done = (head: Head, content: TemplateContent, texts: readonly LiquidText[]): Read => ({
  template: { ...head, content, texts },
  findings: [],
});

const wholeFile = (file: string, source: string, firstLine = 1): LiquidText => ({
  source,
  at: (line, column) => ({ file, line: line + firstLine - 1, column }),
});
