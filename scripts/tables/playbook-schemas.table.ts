import { readFileSync } from "node:fs";
import { join } from "node:path";
import { playbookSchemas } from "../schemas/playbook-schemas.ts";
import type { WrittenFile } from "./written-file.ts";

/* JSON Schemas of a playbook's YAML files, for editors. */

const page = readFileSync(join(import.meta.dirname, "../../docs/playbook.md"), "utf8");

export const files: readonly WrittenFile[] = playbookSchemas(page).map(({ name, schema }) => ({
  path: `playbooks/schemas/${name}`,
  text: `${JSON.stringify(schema, null, 2)}\n`,
}));
