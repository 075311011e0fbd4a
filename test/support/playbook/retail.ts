import { join } from "node:path";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { playbookIn } from "#lab/simulate/playbook.ts";
import { PROJECT_ROOT } from "../project/root.ts";

export const RETAIL_FOLDER = join(PROJECT_ROOT, "playbooks/retail");

/** The retail playbook as it is published, MJML rendered. */
export const retailPlaybook = (): Promise<CompiledPlaybook> => playbookIn(RETAIL_FOLDER);
