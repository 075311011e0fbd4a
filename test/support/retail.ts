import { join } from "node:path";
import { readFolder } from "../../scripts/rapport/folder.ts";
import { renderMjml } from "../../shared/adapters/mjml/render-mjml.ts";
import { compilePlaybook } from "../../shared/domain/playbook/compile.ts";
import { parsePlaybook } from "../../shared/domain/playbook/parse.ts";
import type { CompiledPlaybook } from "../../shared/domain/playbook/types.ts";
import { playbookVersion } from "../../shared/domain/playbook/version.ts";
import { PROJECT_ROOT } from "./imports.ts";

export const RETAIL_FOLDER = join(PROJECT_ROOT, "playbooks/retail");

/** The retail playbook as it is published, MJML rendered. */
export const retailPlaybook = async (): Promise<CompiledPlaybook> => {
  const files = readFolder(RETAIL_FOLDER);
  const { document, errors } = await parsePlaybook(files, renderMjml);
  if (document) return compilePlaybook(playbookVersion(files), document);
  throw new Error(errors.map(({ file, line, message }) => `${file}:${line} ${message}`).join("\n"));
};
