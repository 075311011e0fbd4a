import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** The folders that hold the project's code, its tests aside. */
export const CODE = [
  "shared",
  "providers",
  "functions",
  "infra",
  "client",
  "console",
  "widget",
  "cli",
  "lab",
  "scripts",
] as const;

/** One TypeScript file of the project. */
export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Modules it names in `import`, `export ... from` and `import()`: project paths or package names. */
  readonly imports: readonly string[];
}

const STATEMENT =
  /^(?:import|export\s+(?:type\s+)?[*{])(?:[^"(]*?\bfrom)?\s*"([^"\n]+)"|\bimport\(\s*"([^"\n]+)"/gm;

const ALIASES: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(ROOT, "package.json"), "utf8"),
).imports;

/** `#domain/x.ts` -> `shared/domain/x.ts`, as package.json's `imports` says. */
const behindAlias = (specifier: string): string => {
  const room = specifier.slice(0, specifier.indexOf("/") + 1);
  const folder = ALIASES[`${room}*`];
  if (!folder) throw new Error(`package.json names no room for ${specifier}`);
  return join(folder.slice(0, -1), specifier.slice(room.length));
};

/**
 * What a module imports, by its text: the TypeScript 7 compiler has no API to ask. Biome's formatter leaves one way to
 * write an import, which is what the pattern knows; comments that quote one are taken off first.
 */
export const importsIn = (path: string, text: string): readonly string[] => {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  return [...code.matchAll(STATEMENT)].flatMap(([, statement, call]) => {
    const specifier = statement ?? call;
    // What a generator writes names its files by a template.
    if (specifier === undefined || specifier.includes("${")) return [];
    if (specifier.startsWith(".")) return [join(dirname(path), specifier)];
    return [specifier.startsWith("#") ? behindAlias(specifier) : specifier];
  });
};

/** All TypeScript files below some folders of the project. */
export const sourcesIn = (...folders: readonly string[]): readonly SourceFile[] =>
  folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
      .map((path) => {
        const text = readFileSync(join(ROOT, path), "utf8");
        return { path, text, imports: importsIn(path, text) };
      }),
  );

/** `liquidjs/dist/x` -> `liquidjs`, `@aws-sdk/client-sqs` as it is; undefined for the project's own files. */
export const packageOf = (imported: string): string | undefined => {
  if (
    /^(shared|functions|providers|infra|client|console|widget|cli|lab|scripts|test|playbooks)\//.test(
      imported,
    )
  )
    return undefined;
  if (imported.startsWith("node:")) return imported;
  return imported
    .split("/")
    .slice(0, imported.startsWith("@") ? 2 : 1)
    .join("/");
};
