import { describe, expect, it } from "vitest";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { templateFor } from "#domain/playbook/model/templates.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { testFiles, testPlaybook } from "../../support/playbook/files.ts";

const documentOf = async (files: Record<string, string | null>): Promise<PlaybookDocument> => {
  const { document, errors } = await parsePlaybook(testFiles(files), renderMjml);
  if (!document) throw new Error(JSON.stringify(errors));
  return document;
};
const html = (subject: string) => `---\nsubject: ${subject}\n---\n<p>Hello</p>\n`;

describe("template files", () => {
  it("take subject and preheader from their head, colons, quotes and Liquid included", async () => {
    const head = `---\n# for everybody\nsubject: "Hi: {{ customer.firstName | default: 'you' }}"\npreheader: Don't miss it\n---\n<p>x</p>\n`;
    const { templates } = await documentOf({ "templates/welcome/email.html": head });
    expect(templates["welcome/email"]?.en).toEqual({
      subject: "Hi: {{ customer.firstName | default: 'you' }}",
      preheader: "Don't miss it",
      html: "<p>x</p>\n",
    });
  });

  it("make one mail of an HTML and a text file; the HTML's subject wins", async () => {
    const { templates } = await documentOf({
      "templates/welcome/email.html": html("From HTML"),
      "templates/welcome/email.txt": "---\nsubject: From text\n---\nHello\n",
    });
    expect(templates["welcome/email"]?.en).toEqual({
      subject: "From HTML",
      html: "<p>Hello</p>\n",
      text: "Hello",
    });
  });

  it("keep the data of a channel that others show as it is", async () => {
    const { templates } = await documentOf({
      "actions/hero.yaml":
        "category: marketing\nplacements: [web.home.hero]\ntreatments: [{ channel: web }]\n",
      "templates/hero/web.yaml": "headline: Hi {{ customer.firstName }}\ntiles: [{ n: 1 }, { n: 2 }]\n",
    });
    expect(templates["hero/web"]?.en).toEqual({
      headline: "Hi {{ customer.firstName }}",
      tiles: [{ n: 1 }, { n: 2 }],
    });
  });

  it("are put together of pieces by mj-include, from their own folder, two deep", async () => {
    const { templates } = await documentOf({
      "templates/welcome/email.html": null,
      "templates/welcome/email.mjml":
        '---\nsubject: Hi\n---\n<mjml><mj-body><mj-include path="../_shared/frame.mjml" /></mj-body></mjml>',
      "templates/_shared/frame.mjml":
        '<mj-section><mj-column>\n<mj-include path="./text.mjml" />\n</mj-column></mj-section>',
      "templates/_shared/text.mjml": "<mj-text>From the {{ brand.name }}\npiece</mj-text>",
    });
    expect(templates["welcome/email"]?.en?.html).toContain("From the {{ brand.name }} piece");
  });

  it("stop at pieces that include each other", async () => {
    const { errors } = await parsePlaybook(
      testFiles({
        "templates/welcome/email.html": null,
        "templates/welcome/email.mjml": '<mjml><mj-include path="../_shared/a.mjml" /></mjml>',
        "templates/_shared/a.mjml": '<mj-include path="a.mjml" />',
      }),
      renderMjml,
    );
    expect(errors).toMatchObject([{ code: "missing-include", message: expect.stringContaining("circle") }]);
  });

  it("say in which language they are: the file's own, else the brand's, unless they say it themselves", async () => {
    const mjml = (attributes = ""): string =>
      `---\nsubject: Hi\n---\n<mjml${attributes}><mj-body><mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section></mj-body></mjml>`;
    const { document } = await parsePlaybook(
      testFiles({
        "templates/welcome/email.html": null,
        "templates/welcome/email.mjml": mjml(),
        "templates/welcome/email.de_AT.mjml": mjml(),
        "templates/welcome/email.fr.mjml": mjml(' lang="fr-CH"'),
      }),
      renderMjml,
    );
    const languages = Object.values(document?.templates["welcome/email"] ?? {}).map(
      ({ html }) => /<html[^>]* lang="([^"]*)"/.exec(String(html))?.[1],
    );
    expect(languages.sort()).toEqual(["de-AT", "fr-CH", "{{ brand.locale }}"]);
  });

  it("keep the lines of MJML's complaints right although pieces were put in before", async () => {
    const { errors } = await parsePlaybook(
      testFiles({
        "templates/welcome/email.html": null,
        "templates/welcome/email.mjml":
          '---\nsubject: Hi\n---\n<mjml>\n<mj-include path="../_shared/head.mjml" />\n<mj-body>\n<mj-nothing />\n</mj-body></mjml>',
        "templates/_shared/head.mjml": "<mj-head>\n\n\n</mj-head>",
      }),
      renderMjml,
    );
    expect(errors).toMatchObject([{ code: "mjml", line: 7 }]);
  });

  it("are refused when MJML would swallow a Liquid tag", async () => {
    const { errors } = await parsePlaybook(
      testFiles({
        "templates/welcome/email.html": null,
        "templates/welcome/email.mjml":
          "---\nsubject: Hi\n---\n<mjml><mj-body>{% if customer.age %}<mj-section><mj-column><mj-text>x{% endif %}</mj-text></mj-column></mj-section></mj-body></mjml>",
      }),
      renderMjml,
    );
    expect(errors).toMatchObject([{ code: "liquid", expected: expect.stringContaining("mj-raw") }]);
  });
});

describe("the template for a customer", () => {
  it.each([
    ["de-AT", "de-AT"],
    ["de_at", "de-AT"],
    ["de", "de"],
    ["de-CH", "de"],
    ["fr-CA", "fr-FR"],
    ["it", "en"],
    [undefined, "en"],
  ])("for %s is the one in %s", async (wanted, expected) => {
    const { document } = await testPlaybook({
      "templates/welcome/email.de.html": html("de"),
      "templates/welcome/email.de-AT.html": html("de-AT"),
      "templates/welcome/email.fr-FR.html": html("fr-FR"),
    });
    expect(templateFor(document, "welcome", "email", wanted)?.locale).toBe(expected);
  });

  it("is any there is when the brand's own locale is not among them", async () => {
    const { document } = await testPlaybook({
      "templates/welcome/email.html": null,
      "templates/welcome/email.de.html": html("de"),
    });
    expect(templateFor(document, "welcome", "email", "en")?.locale).toBe("de");
  });

  it("is one in the brand's language from anywhere before one in another language", async () => {
    const { document } = await testPlaybook({
      "templates/welcome/email.html": null,
      "templates/welcome/email.de.html": html("de"),
      "templates/welcome/email.en-GB.html": html("en-GB"),
    });
    expect(templateFor(document, "welcome", "email", "it")?.locale).toBe("en-GB");
  });

  it("is none for a channel without a file", async () => {
    const { document } = await testPlaybook();
    expect(templateFor(document, "welcome", "sms", "en")).toBeNull();
  });
});
