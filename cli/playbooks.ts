import * as z from "zod/mini";
import { readFolder } from "./folder.ts";
import { accepted, type HubOptions, hubClient } from "./hub.ts";
import { counted, showFindings, type Terminal } from "./terminal.ts";

type PushOptions = HubOptions & { readonly publish?: boolean };

const Finding = z.object({
  severity: z.enum(["error", "warning"]),
  file: z.string(),
  line: z.number(),
  column: z.number(),
  code: z.string(),
  message: z.string(),
  expected: z.exactOptional(z.string()),
});
const Uploaded = z.object({ version: z.string(), warnings: z.array(Finding) });
const Published = z.object({ version: z.string(), previous: z.nullable(z.string()) });
const Listed = z.object({
  items: z.array(
    z.object({ version: z.string(), name: z.string(), createdAt: z.string(), published: z.boolean() }),
  ),
  cursor: z.nullable(z.string()),
});
const Refused = z.object({ errors: z.array(Finding), warnings: z.array(Finding) });
/** `rapport push <folder> [--publish]`: uploads a playbook, and makes it live when asked to. */
export const push = async (folder: string, options: PushOptions, terminal: Terminal): Promise<number> => {
  const call = hubClient(options, terminal);
  const answer = await call("POST", "/v1/playbooks", { files: readFolder(folder) });
  const refused = answer.status === 422 ? Refused.safeParse(answer.body) : null;
  if (refused?.success) {
    const { errors, warnings } = refused.data;
    showFindings([...errors, ...warnings], terminal.error, folder);
    terminal.error(`\n${counted(errors.length, "error")}: nothing was kept, what is live stays live`);
    return 1;
  }
  const { version, warnings } = accepted(Uploaded, answer);
  showFindings(warnings, terminal.out, folder);
  terminal.out(
    `${version} is kept${options.publish ? "" : `; make it live with: rapport publish ${version}`}`,
  );
  return options.publish ? publish(version, options, terminal) : 0;
};

/** `rapport publish <version>`: makes a version live, a new one or an older one. */
export const publish = async (version: string, options: HubOptions, terminal: Terminal): Promise<number> => {
  const call = hubClient(options, terminal);
  const answer = await call("POST", `/v1/playbooks/${encodeURIComponent(version)}/publish`);
  const { previous } = accepted(Published, answer);
  const before = previous === null || previous === version ? "" : `; back with: rapport publish ${previous}`;
  terminal.out(`${version} is live within 5 seconds${before}`);
  return 0;
};

/** `rapport list`: prints all versions, newest first, and marks the live one. */
export const list = async (options: HubOptions, terminal: Terminal): Promise<number> => {
  const call = hubClient(options, terminal);
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: z.output<typeof Listed> = accepted(
      Listed,
      await call("GET", `/v1/playbooks?limit=100${query}`),
    );
    for (const { version, name, createdAt, published } of page.items) {
      terminal.out(`${version}  ${createdAt}  ${name}${published ? "  live" : ""}`);
    }
    cursor = page.cursor;
  } while (cursor !== null);
  return 0;
};
