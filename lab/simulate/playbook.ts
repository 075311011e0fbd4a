import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { readFolder } from "#cli/folder.ts";
import { compileAllRules, compilePlaybook } from "#domain/playbook/compile/compile.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { playbookVersion } from "#domain/playbook/model/version.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";

/** The playbook in a folder, ready to decide. Throws with file and line when it is not valid. */
export const playbookIn = async (folder: string): Promise<CompiledPlaybook> => {
  const files = readFolder(folder);
  const { document, errors } = await parsePlaybook(files, renderMjml);
  if (document === null) {
    throw new Error(errors.map(({ file, line, message }) => `${file}:${line} ${message}`).join("\n"));
  }
  const playbook = compilePlaybook(playbookVersion(files), document);
  compileAllRules(playbook);
  return playbook;
};
