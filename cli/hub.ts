import * as z from "zod/mini";
import { readFolder } from "./folder.ts";
import { counted, showFindings, type Terminal } from "./terminal.ts";

export type HubOptions = { readonly url?: string; readonly key?: string };
type Options = HubOptions & { readonly publish?: boolean };

const LOCAL_URL = "http://127.0.0.1:4000";
const LOCAL_KEY = "local-secret-key";

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
const Problem = z.object({ code: z.string(), message: z.string() });

type Answer = { readonly status: number; readonly body: unknown };

const isLoopback = (url: string): boolean => /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(url);

/** A client of the hub's API, from options and environment. Throws when it cannot be reached or has no key. */
export const hubClient = (options: HubOptions, { environment }: Terminal) => {
  const url = (options.url ?? environment.RAPPORT_URL ?? LOCAL_URL).replace(/\/+$/, "");
  const key = options.key ?? environment.RAPPORT_KEY ?? (isLoopback(url) ? LOCAL_KEY : undefined);
  if (key === undefined) throw new Error(`a key is needed for ${url}: --key or RAPPORT_KEY`);
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      const hint = isLoopback(url) ? " Is it running? `npm start` starts it." : "";
      throw new Error(`nothing answers at ${url}.${hint}`, { cause });
    });
    return { status: response.status, body: readBody(await response.text()) };
  };
};

const readBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const refusal = ({ status, body }: Answer): Error => {
  const problem = Problem.safeParse(body);
  return new Error(
    problem.success ? `${problem.data.message} (${problem.data.code})` : `the hub answered ${status}`,
  );
};

/** The answer's body, typed; throws what the hub says when it refuses. */
export const accepted = <S extends z.ZodMiniType>(schema: S, answer: Answer): z.output<S> => {
  if (answer.status >= 300) throw refusal(answer);
  return schema.parse(answer.body);
};

/** `rapport push <folder> [--publish]` */
export const push = async (folder: string, options: Options, terminal: Terminal): Promise<number> => {
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

/** `rapport publish <version>` */
export const publish = async (version: string, options: Options, terminal: Terminal): Promise<number> => {
  const call = hubClient(options, terminal);
  const answer = await call("POST", `/v1/playbooks/${encodeURIComponent(version)}/publish`);
  const { previous } = accepted(Published, answer);
  const before = previous === null || previous === version ? "" : `; back with: rapport publish ${previous}`;
  terminal.out(`${version} is live within 5 seconds${before}`);
  return 0;
};

/** `rapport list` */
export const list = async (options: Options, terminal: Terminal): Promise<number> => {
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
