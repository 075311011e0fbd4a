import { packageOf, type SourceFile } from "./sources.ts";

/** Who may import whom (docs/architecture.md): a folder, the folders beside itself it may reach, its packages if they are few. */
export interface Layer {
  readonly folder: string;
  readonly mayImport: readonly string[];
  readonly packages?: readonly string[];
}

const shared = (...rooms: readonly string[]): readonly string[] => rooms.map((room) => `shared/${room}/`);

/** Pure rooms that everything above them may name. */
const CORE = shared("kernel", "events", "template", "channels", "domain");

/** Providers are read through written tables alone, one a face. */
const PROVIDER_TABLES = "providers/all.";

export const LAYERS: readonly Layer[] = [
  // What every room speaks: it knows nobody.
  { folder: "shared/kernel/", mayImport: [], packages: ["node:crypto"] },
  { folder: "shared/feel/", mayImport: [], packages: ["@lezer/lr", "lezer-feel"] },
  { folder: "shared/dmn/", mayImport: shared("feel"), packages: [] },
  // Contracts between publisher and subscriber: plain data that even the domain may name.
  { folder: "shared/events/", mayImport: [], packages: ["zod"] },
  { folder: "shared/template/", mayImport: shared("kernel"), packages: ["entities", "liquidjs"] },
  { folder: "shared/channels/", mayImport: shared("kernel", "template"), packages: [] },
  {
    folder: "shared/domain/",
    mayImport: shared("kernel", "events", "template", "channels", "feel", "dmn"),
    // Small and pure: they read and write nothing but what they are given.
    packages: ["zod", "yaml", "node:crypto", "node:zlib"],
  },
  { folder: "shared/ports/", mayImport: shared("kernel", "events", "channels", "domain"), packages: [] },
  // What passes between us and systems that others run: signatures, and calls to addresses that others chose.
  { folder: "shared/wire/", mayImport: shared("kernel", "ports") },
  { folder: "shared/adapters/", mayImport: shared("kernel", "events", "domain", "ports", "wire") },
  // What is neither pure nor pipeline, over ports alone: a simulation runs it in memory, on a clock of its own.
  {
    folder: "shared/usecases/",
    mayImport: [...CORE, ...shared("ports")],
    packages: ["zod", "node:crypto"],
  },
  { folder: "shared/runtime/", mayImport: [...CORE, ...shared("ports", "adapters", "usecases")] },
  {
    folder: "infra/",
    mayImport: [...shared("kernel", "channels", "domain", "ports", "adapters", "runtime"), PROVIDER_TABLES],
  },
  // What other people's programs and pages run: it stands alone, and knows of a hub what its document says.
  { folder: "client/", mayImport: [], packages: [] },
  // The same holds of the chat that stands on pages: it is all that a page loads for it.
  { folder: "widget/", mayImport: [], packages: [] },
  // What people look at runs in their browsers: it knows of a hub what its client does. How it is built, nothing of it knows.
  {
    folder: "console/",
    // Beside what it asks: how decision tables and forms change a file, and how lines differ.
    mayImport: ["client/", "shared/dmn/", "shared/domain/draft/"],
    packages: [
      "react",
      "react-dom",
      "@tanstack/react-query",
      "@tanstack/react-router",
      "@tanstack/react-virtual",
      "radix-ui",
      "uplot",
      // Reads a mail as it came, where somebody asks for one.
      "postal-mime",
      // console/build, which runs at a desk.
      "vite",
      "esbuild",
      "node:crypto",
      "node:fs",
      "node:path",
      "node:url",
      "node:zlib",
    ],
  },
  // The command is a product: it speaks with a hub and checks playbooks, and knows nothing of how a hub is deployed. Of
  // one that lives on the same machine it copies the state.
  {
    folder: "cli/",
    mayImport: [
      "client/",
      ...shared("kernel", "domain", "ports", "adapters", "runtime"),
      "infra/local/state/",
      PROVIDER_TABLES,
    ],
  },
  // What serves all functions alike knows none of them by name: it finds them by their folders.
  { folder: "lab/", mayImport: ["cli/", "infra/", "shared/", PROVIDER_TABLES] },
  { folder: "scripts/", mayImport: ["cli/", "infra/", "shared/", PROVIDER_TABLES] },
];

const FUNCTION_MAY_IMPORT = [...CORE, ...shared("ports", "adapters", "usecases", "runtime"), PROVIDER_TABLES];

/** A function knows no other; of what deploys it, its stack alone knows the constructs. */
const functionLayer = (path: string): Layer => ({
  folder: `${path.split("/").slice(0, 3).join("/")}/`,
  mayImport: path.endsWith("/stack.ts") ? ["infra/constructs/", PROVIDER_TABLES] : FUNCTION_MAY_IMPORT,
});

/** What each face of a provider may know beside channels, ports and how senders call; the tables know every face. */
const providerLayer = (path: string): Layer => {
  if (path.startsWith(PROVIDER_TABLES))
    return { folder: "providers/", mayImport: ["shared/ports/", "infra/local/door/"] };
  const folder = `${path.split("/").slice(0, 2).join("/")}/`;
  const common = [...shared("kernel", "channels", "ports", "wire"), "providers/wire/"];
  if (path.endsWith("/resources.ts")) return { folder, mayImport: ["infra/constructs/"] };
  return /\/local[./]/.test(path)
    ? { folder, mayImport: [...common, "infra/local/door/", "infra/local/aws/"] }
    : { folder, mayImport: common };
};

const layerOf = (path: string): Layer | undefined => {
  if (path.startsWith("functions/")) return functionLayer(path);
  if (path.startsWith("providers/")) return providerLayer(path);
  return LAYERS.find(({ folder }) => path.startsWith(folder));
};

/** Imports that no layer allows, each as `a imports b`. */
export const upwardArrows = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap(({ path, imports }) => {
    const layer = layerOf(path);
    if (layer === undefined) return [];
    const allowed = [layer.folder, ...layer.mayImport];
    return imports
      .filter((imported) => packageOf(imported) === undefined)
      .filter((imported) => !allowed.some((folder) => imported.startsWith(folder)))
      .map((imported) => `${path} imports ${imported}`);
  });

/** Expressions hold expressions: the files of these two compilers lead back to each other. */
const RECURSIVE: readonly string[] = ["shared/feel/compile/", "shared/dmn/compile/"];

/** Whether a ring of files lies within one of the compilers that are recursive by nature. */
export const isRecursive = (ring: readonly string[]): boolean =>
  RECURSIVE.some((folder) => ring.every((file) => file.startsWith(folder)));
