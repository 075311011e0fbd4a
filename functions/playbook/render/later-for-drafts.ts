import { renderMjml as render } from "#adapters/mjml/render-mjml.ts";
import { renderedBefore } from "#runtime/rendered-before.ts";

/** Loaded with the first preview of a draft: what reads playbooks is large, and versions need none of it. */
export { compileDraft } from "#usecases/draft/compile-draft.ts";

/** Somebody who looks at one template again and again waits for that one alone. */
export const renderMjml = renderedBefore(render);
