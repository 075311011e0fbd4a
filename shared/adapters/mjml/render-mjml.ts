import type { RenderMjml } from "#domain/playbook/read/sources.ts";

/**
 * MJML to HTML, at upload. In an adapter of its own because MJML is large: only what takes uploads may import it.
 * Includes are put in before (read/includes.ts), so that MJML never looks for files.
 */
export const renderMjml: RenderMjml = async (source) => {
  try {
    // Loaded when first needed: most calls of the function that takes uploads render nothing.
    const { default: mjml2html } = await import("mjml");
    const { html, errors } = await mjml2html(source, { validationLevel: "soft", ignoreIncludes: true });
    return { html, problems: errors.map(({ line, message }) => ({ line, message })) };
  } catch (error) {
    return {
      html: "",
      problems: [{ line: 1, message: error instanceof Error ? error.message : "is no MJML" }],
    };
  }
};
