import { readFileSync } from "node:fs";
import { join } from "node:path";
import { mayCall, ROLES } from "#runtime/http/roles.ts";
import { httpFunctions } from "../openapi/functions.ts";
import type { WrittenFile } from "./written-file.ts";

/* Who may make which call, in the page about the console. */

const PAGE = "docs/console.md";

const functions = await httpFunctions();

const rows = functions
  .flatMap(({ operations }) => Object.entries(operations))
  .filter(([id]) => mayCall(ROLES, id))
  .map(([id, { route }]) => {
    const [method = "", path = ""] = route.split(" ");
    const marks = ROLES.map((role) => (mayCall([role], id) ? "yes" : ""));
    return { path, line: `| ${[`\`${method} ${path}\``, ...marks].join(" | ")} |` };
  })
  .sort((one, other) => (one.path < other.path ? -1 : 1));

const table = [
  `| ${["call", ...ROLES].join(" | ")} |`,
  `|${"---|".repeat(ROLES.length + 1)}`,
  ...rows.map(({ line }) => line),
].join("\n");

const page = readFileSync(join(import.meta.dirname, "../..", PAGE), "utf8");

export const files: readonly WrittenFile[] = [
  {
    path: PAGE,
    text: page.replace(/(<!-- roles -->\n)[\s\S]*(<!-- \/roles -->)/, `$1${table}\n$2`),
  },
];
