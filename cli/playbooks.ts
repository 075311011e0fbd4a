import * as z from "zod/mini";
import { type Calls, RapportProblem } from "#client/index.ts";
import { readFolder } from "./folder.ts";
import { type HubOptions, hubClient } from "./hub.ts";
import { counted, showFindings, type Terminal } from "./terminal.ts";

type PublishOptions = HubOptions & { readonly confirm?: string };
type PushOptions = PublishOptions & { readonly publish?: boolean };

const Finding = z.object({
  severity: z.enum(["error", "warning"]),
  file: z.string(),
  line: z.number(),
  column: z.number(),
  code: z.string(),
  message: z.string(),
  expected: z.exactOptional(z.string()),
});
const Refused = z.object({ errors: z.array(Finding), warnings: z.array(Finding) });

/** What is wrong with a playbook, if that is what a call came to. */
const refusalIn = (problem: unknown): z.output<typeof Refused> | null => {
  if (!(problem instanceof RapportProblem) || problem.status !== 422) return null;
  return Refused.safeParse(problem.problem).data ?? null;
};

/** `rapport push <folder> [--publish]`: uploads a playbook, and makes it live when asked to. */
export const push = async (folder: string, options: PushOptions, terminal: Terminal): Promise<number> => {
  const call = hubClient(options, terminal);
  const uploaded = call("POST /v1/playbooks", { body: { files: readFolder(folder) } });
  const kept = await uploaded.catch((problem: unknown) => {
    const refused = refusalIn(problem);
    if (refused === null) throw problem;
    const { errors, warnings } = refused;
    showFindings([...errors, ...warnings], terminal.error, folder);
    terminal.error(`\n${counted(errors.length, "error")}: nothing was kept, what is live stays live`);
    return null;
  });
  if (kept === null) return 1;
  const { version, warnings } = kept;
  showFindings(warnings, terminal.out, folder);
  terminal.out(
    `${version} is kept${options.publish ? "" : `; make it live with: rapport publish ${version}`}`,
  );
  return options.publish ? publish(version, options, terminal) : 0;
};

/** `rapport publish <version>`: makes a version live, a new one or an older one. */
export const publish = async (
  version: string,
  options: PublishOptions,
  terminal: Terminal,
): Promise<number> => {
  const call = hubClient(options, terminal);
  const { confirm } = options;
  const body = confirm === undefined ? {} : { confirm };
  const { previous } = await call("POST /v1/playbooks/{version}/publish", { path: { version }, body });
  const before = previous === null || previous === version ? "" : `; back with: rapport publish ${previous}`;
  terminal.out(`${version} is live within 5 seconds${before}`);
  return 0;
};

/** `rapport list`: prints all versions, newest first, and marks the live one. */
export const list = async (options: HubOptions, terminal: Terminal): Promise<number> => {
  const call = hubClient(options, terminal);
  let cursor: string | null = null;
  do {
    const page: Calls["GET /v1/playbooks"]["answer"] = await call("GET /v1/playbooks", {
      query: { limit: 100, ...(cursor === null ? {} : { cursor }) },
    });
    for (const { version, name, createdAt, published } of page.items) {
      terminal.out(`${version}  ${createdAt}  ${name}${published ? "  live" : ""}`);
    }
    cursor = page.cursor;
  } while (cursor !== null);
  return 0;
};
