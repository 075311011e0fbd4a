import { describe, expect, it } from "vitest";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import type { RenderMjml } from "#domain/playbook/read/sources.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { testFiles } from "../../support/playbook/files.ts";

type Files = Readonly<Record<string, string>>;

const MAIL = "templates/welcome/email.mjml";
const mail = (body: string, head = ""): string =>
  `---\nsubject: Hi\n---\n<mjml><mj-head>${head}</mj-head><mj-body>\n${body}</mj-body></mjml>`;
const section = "<mj-section><mj-column><mj-text>a</mj-text></mj-column></mj-section>\n";
const include = (name: string, times: number): string =>
  `<mj-include path="../_shared/${name}.mjml" />\n`.repeat(times);
/** Four files that include thirty pieces each: thirty to the fourth. */
const multiplied: Files = {
  [MAIL]: mail(include("a", 30)),
  "templates/_shared/a.mjml": include("b", 30),
  "templates/_shared/b.mjml": include("c", 30),
  "templates/_shared/c.mjml": include("d", 30),
  "templates/_shared/d.mjml": section,
};
const numbered = (count: number, of: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => of(index)).join("");

const NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/";
const model = (index: number): string => {
  const imports = `<import name="other" namespace="n0" importType="${NAMESPACE}"/>`;
  return `<definitions xmlns="${NAMESPACE}" name="m${index}" namespace="n${index}">${imports}<!--${"x".repeat(20_000)}--></definitions>`;
};

type Case = { readonly files: Files; readonly at: string; readonly code: string; readonly says: string };
const REFUSED: Readonly<Record<string, Case>> = {
  "pieces within pieces that multiply": {
    files: multiplied,
    at: `${MAIL}:5`,
    code: "too-large",
    says: "includes too many pieces",
  },
  "one large piece, included again and again": {
    files: { [MAIL]: mail(include("a", 100)), "templates/_shared/a.mjml": "x".repeat(100_000) },
    at: `${MAIL}:10`,
    code: "too-large",
    says: "too large with what it includes",
  },
  "thousands of elements": {
    files: { [MAIL]: mail(section.repeat(700)) },
    at: `${MAIL}:1`,
    code: "too-large",
    says: "2102 elements",
  },
  "elements within one another, thousands deep": {
    files: { [MAIL]: mail(`${"<mj-wrapper>".repeat(5_000)}${"</mj-wrapper>".repeat(5_000)}`) },
    at: `${MAIL}:1`,
    code: "too-large",
    says: "elements of MJML",
  },
  "thousands of attributes, which MJML compares with each other": {
    files: { [MAIL]: mail(`<mj-text ${numbered(20_000, (index) => `a${index}="1" `)}>a</mj-text>`) },
    at: `${MAIL}:1`,
    code: "too-large",
    says: "20000 attributes",
  },
  "CSS that is inlined into every element": {
    files: {
      [MAIL]: mail(
        section.repeat(100),
        `<mj-style inline="inline">${numbered(5_000, (index) => `.a${index} {color:red}\n`)}</mj-style>`,
      ),
    },
    at: `${MAIL}:1`,
    code: "too-large",
    says: "looked up in every element",
  },
  "selectors that are looked for in every element": {
    files: {
      [MAIL]: mail(
        section,
        `<mj-html-attributes>${'<mj-selector path="div"></mj-selector>'.repeat(300)}</mj-html-attributes>`,
      ),
    },
    at: `${MAIL}:1`,
    code: "too-large",
    says: "looked up in every element",
  },
  "more elements in all mails than in any one": {
    files: Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `templates/t${String(index).padStart(2, "0")}/email.mjml`,
        mail(section.repeat(520)),
      ]),
    ),
    at: "templates/t38/email.mjml:1",
    code: "too-large",
    says: "the playbook has too many elements",
  },
  "lists within lists without end": {
    files: { "segments.yaml": `a: ${"[".repeat(20_000)}${"]".repeat(20_000)}` },
    at: "segments.yaml:1",
    code: "yaml",
    says: "nested too deep",
  },
  "maps a little deeper than any that people write": {
    files: { "segments.yaml": `${"{a: ".repeat(80)}1${"}".repeat(80)}` },
    at: "segments.yaml:1",
    code: "yaml",
    says: "nested too deep",
  },
  "a few aliases of one large value": {
    files: {
      "templates/welcome/web.yaml": `a: &a ${"x".repeat(100_000)}\nb: [${Array(50).fill("*a").join(", ")}]`,
    },
    at: "templates/welcome/web.yaml:1",
    code: "yaml",
    says: "Too many aliases",
  },
  "models in DMN that all import one another": {
    files: Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`decisions/m${index}.dmn`, model(index)]),
    ),
    at: "decisions/m0.dmn:1",
    code: "too-large",
    says: "60 models import others",
  },
  "Liquid tags within one another without end": {
    files: {
      "templates/welcome/email.html": `---\nsubject: Hi\n---\n${"{% if a %}".repeat(5_000)}${"{% endif %}".repeat(5_000)}`,
    },
    at: "templates/welcome/email.html:4",
    code: "liquid",
    says: "nested too deep",
  },
};

/** MJML that answers at once, and remembers how much it was given. */
const watched = (): { readonly given: string[]; readonly renderMjml: RenderMjml } => {
  const given: string[] = [];
  return {
    given,
    renderMjml: async (source) => {
      given.push(source);
      return { html: "<p>Hi</p>", problems: [] };
    },
  };
};

describe("an upload that would become large", () => {
  it.each(Object.entries(REFUSED))("is refused with the file named: %s", async (_what, one) => {
    const { given, renderMjml } = watched();
    const { document, errors } = await parsePlaybook(testFiles(one.files), renderMjml);
    expect(document).toBeNull();
    const [first] = errors.filter(({ code }) => code === one.code);
    expect(first && `${first.file}:${first.line}`).toBe(one.at);
    expect(first?.message).toContain(one.says);
    expect(first?.expected).toContain("at most");
    const largest = given.reduce((sum, source) => Math.max(sum, source.length), 0);
    expect(largest).toBeLessThanOrEqual(BOUNDS.includedBytes);
  });

  it("is refused for the HTML that MJML makes of it", async () => {
    const renderMjml: RenderMjml = async () => ({ html: "x".repeat(BOUNDS.templateBytes + 1), problems: [] });
    const { errors } = await parsePlaybook(testFiles({ [MAIL]: mail(section) }), renderMjml);
    expect(errors).toMatchObject([
      { file: MAIL, code: "too-large", message: expect.stringContaining("HTML") },
    ]);
  });

  it("is taken up to its bounds", async () => {
    const nested = "{% if a %}".repeat(BOUNDS.liquidDepth) + "{% endif %}".repeat(BOUNDS.liquidDepth);
    const { renderMjml } = watched();
    const { errors } = await parsePlaybook(
      testFiles({
        "templates/welcome/email.html": null,
        [MAIL]: mail(`${include("a", 100)}<mj-text>${nested.repeat(3)}</mj-text>`),
        "templates/_shared/a.mjml": section.repeat(6),
        "templates/spare/web.yaml": `a: &a ${"x".repeat(10_000)}\nb: [${Array(90).fill("*a").join(", ")}]`,
      }),
      renderMjml,
    );
    expect(errors).toEqual([]);
  });

  it("lists no more findings than anybody reads, however many names it gives twice or nobody knows", async () => {
    const files = {
      "data-model.yaml": numbered(5_000, (index) => `name${index}: 1\n`),
      "segments.yaml": numbered(5_000, (index) => `s${index % 10}: true\n`),
    };
    const { errors } = await parsePlaybook(testFiles(files), watched().renderMjml);
    expect(errors.length).toBe(200);
    expect(new Set(errors.map(({ code }) => code))).toContain("unknown-field");
  });
});
