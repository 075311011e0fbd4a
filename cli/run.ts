import { parseArgs } from "node:util";
import { showIdentity } from "./identity.ts";
import { createKey, listKeys, revokeKey } from "./keys.ts";
import { retireSecret, rotateSecret } from "./secrets.ts";
import { type Terminal, UsageError } from "./terminal.ts";

const HELP = `rapport: playbooks and keys, from a terminal

  rapport validate <folder>            check a playbook, offline
  rapport push <folder> [--publish]    upload it, and make it live
  rapport simulate <version>           what it would have changed in the decisions of the last seven days
      [--from <time>] [--to <time>] [--placement <name>] [--goal clicked]
  rapport publish <version>            make a version live; an older one rolls back
  rapport list                         the versions there are, newest first
  rapport keys create --name <name> [--kind secret|write] [--scopes a,b]
  rapport keys list                    the keys there are, and those that were revoked
  rapport keys revoke <key>            a key's id, its name or itself: refused within 60 seconds
  rapport keys rotate <secret>         makes a newer link, identity or identifier key; those of before go on working
  rapport keys retire <secret> <version>  ends an older link or identity key
  rapport keys identity [--user <id>]  a proof that somebody is logged in, to try it; without --user the secret that
      [--at <time>]                    your servers make proofs with
  rapport backup <file>                copy a hub on this machine into a file, while it runs
  rapport restore <file> [--moved]     put it into an empty folder, there or elsewhere. --moved: it was stopped before, and
                                       never starts again there

  --url <url>    where the hub is (or RAPPORT_URL; default http://127.0.0.1:4000, the local cloud)
  --key <key>    a secret key with the scope playbooks:write (or RAPPORT_KEY; the local cloud's own by default)
  --stage <name> for keys: the stage (or RAPPORT_STAGE; default prod). Uses your AWS credentials; \`local\` is the local cloud,
                 whose AWS is at --aws-url <url> (or AWS_ENDPOINT_URL; default http://127.0.0.1:4001)
  --state <folder>  for keys, backup and restore: the state of a hub on this machine, such as .rapport/serve (for the latter two
                 or RAPPORT_STATE_DIR; default .rapport/serve, that of npm run serve)`;

const OPTIONS = {
  publish: { type: "boolean" },
  from: { type: "string" },
  to: { type: "string" },
  placement: { type: "string" },
  goal: { type: "string" },
  url: { type: "string" },
  key: { type: "string" },
  name: { type: "string" },
  kind: { type: "string" },
  scopes: { type: "string" },
  stage: { type: "string" },
  user: { type: "string" },
  at: { type: "string" },
  "aws-url": { type: "string" },
  state: { type: "string" },
  moved: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** Runs one command line of `rapport`. Gives its exit code: 0 done, 1 refused or invalid, 2 wrong usage. */
export const runCli = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [command, operand, ...rest] = positionals;
    if (values.help || command === undefined) {
      terminal.out(HELP);
      return command === undefined && !values.help ? 2 : 0;
    }
    if (command === "keys") return await runKeys(operand, rest, values, terminal);
    if (rest.length > 0) throw new UsageError(`I do not know what to do with "${rest.join(" ")}".`);
    // Each command loads what it needs: validating loads MJML, which making a key can do without.
    if (command === "validate") {
      const { validateFolder } = await import("./validate.ts");
      return await validateFolder(required(operand, "the playbook's folder"), terminal);
    }
    if (command === "simulate") {
      const { simulate } = await import("./simulate.ts");
      return await simulate(required(operand, "a version"), values, terminal);
    }
    if (command === "backup" || command === "restore") {
      const commands = await import("./backup.ts");
      return commands[command](required(operand, "a file"), values, terminal);
    }
    const { list, publish, push } = await import("./playbooks.ts");
    if (command === "push") return await push(required(operand, "the playbook's folder"), values, terminal);
    if (command === "publish") return await publish(required(operand, "a version"), values, terminal);
    if (command === "list") return await list(values, terminal);
    throw new UsageError(`There is no command "${command}".`);
  } catch (error) {
    if (error instanceof UsageError || isParseArgsError(error)) {
      terminal.error(`rapport: ${error.message}\n\n${HELP}`);
      return 2;
    }
    terminal.error(`rapport: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
};

type KeysOptions = Parameters<typeof createKey>[0] &
  Parameters<typeof showIdentity>[0] &
  Parameters<typeof rotateSecret>[1];

/** How many words a command takes behind its name. */
const OPERANDS: Readonly<Record<string, number>> = { revoke: 1, rotate: 1, retire: 2 };

const runKeys = async (
  what: string | undefined,
  operands: readonly string[],
  options: KeysOptions,
  terminal: Terminal,
): Promise<number> => {
  const further = operands.slice(OPERANDS[what ?? ""] ?? 0);
  if (further.length > 0) throw new UsageError(`I do not know what to do with "${further.join(" ")}".`);
  const [first, second] = operands;
  if (what === "create") return createKey(options, terminal);
  if (what === "list") return listKeys(options, terminal);
  if (what === "revoke") return revokeKey(required(first, "which key"), options, terminal);
  if (what === "identity") return showIdentity(options, terminal);
  const secret = () => required(first, "which: link, identity or identifier");
  if (what === "rotate") return rotateSecret(secret(), options, terminal);
  if (what === "retire") {
    const retired = { what: secret(), version: required(second, "which version") };
    return retireSecret(retired, options, terminal);
  }
  throw new UsageError("Say what to do with keys: create, list, revoke, rotate, retire or identity.");
};

const required = (value: string | undefined, what: string): string => {
  if (value !== undefined) return value;
  throw new UsageError(`Say ${what} too.`);
};

const isParseArgsError = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
