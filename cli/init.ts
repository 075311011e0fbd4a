import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type Terminal, UsageError } from "./terminal.ts";

type Options = { readonly industry?: string; readonly name?: string };

const PLAYBOOKS = fileURLToPath(new URL("../playbooks", import.meta.url));
const STARTERS = join(PLAYBOOKS, "starters");
/** Hidden, so that it is no part of the playbook. */
const SCHEMAS = ".schemas";
/** Stand in a starter where the brand's name belongs, and the folder's. */
const BRAND = /\bBRAND\b/g;
const FOLDER = /\bFOLDER\b/g;

/** `rapport init <folder> --industry <name>`: writes a small, complete playbook to begin with into a new folder. */
export const init = (folder: string, { industry, name }: Options, terminal: Terminal): number => {
  const industries = readdirSync(STARTERS).sort();
  if (industry === undefined || !industries.includes(industry)) {
    throw new UsageError(`Say the industry with --industry: ${industries.join(" or ")}.`);
  }
  if (existsSync(folder) && readdirSync(folder).some((file) => !file.startsWith("."))) {
    throw new Error(`${folder} is not empty; nothing was written`);
  }
  const title = titleOf(basename(resolve(folder)));
  const brand = checkedName(name ?? title);
  mkdirSync(folder, { recursive: true });
  cpSync(join(STARTERS, industry), folder, { recursive: true });
  cpSync(join(PLAYBOOKS, "schemas"), join(folder, SCHEMAS), { recursive: true });
  for (const file of globSync("**/*.yaml", { cwd: folder })) {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8")
      .replace(BRAND, () => brand)
      .replace(FOLDER, () => title);
    writeFileSync(path, `${schemaLine(file)}${text}`);
  }
  terminal.out(`${folder} holds a playbook for ${brand}: look at playbook.yaml first

check it      npx rapport validate ${folder}
try it        npm start -- --memory --playbook ${folder}
make it live  npx rapport push ${folder} --publish
read on       docs/playbook.md`);
  return 0;
};

/** `corner-shop` -> `Corner Shop`; what a playbook's name may not hold parts words. */
const titleOf = (folder: string): string =>
  folder
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");

/** The name stands in YAML and in the sender of mails, unquoted. */
const checkedName = (name: string): string => {
  if (/^[\p{L}\p{N}][\p{L}\p{N} .&'+-]{0,49}$/u.test(name)) return name;
  throw new UsageError(
    "Say the brand's name with --name: letters, digits, spaces and . & ' + - in one line.",
  );
};

/** What tells editors (by the YAML language server) which schema a file has; nothing for templates. */
const schemaLine = (file: string): string => {
  const path = file.split(sep).join("/");
  const schema = `${path.replace(/(\/[^/]+)?\.yaml$/, "")}.schema.json`;
  if (!existsSync(join(PLAYBOOKS, "schemas", schema))) return "";
  const from = relative(dirname(path), `${SCHEMAS}/${schema}`).split(sep).join("/");
  return `# yaml-language-server: $schema=${from}\n`;
};
