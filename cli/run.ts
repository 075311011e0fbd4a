import { parseArgs } from "node:util";
import { COMMANDS } from "./commands.ts";
import { OPTIONS } from "./options.ts";
import { type Terminal, UsageError } from "./terminal.ts";

const HELP = `rapport: playbooks and keys, from a terminal

  rapport init <folder> --industry retail|subscription [--name <brand>]
                                       write a small, complete playbook to begin with
  rapport validate <folder>            check a playbook, offline
  rapport test <folder> [--mutate]     play the playbook's tests on virtual time, offline; --mutate turns every rule and branch round
      [--watch] [--junit <file>]       and names those that no test misses
  rapport render <folder> --treatment <name> [--channel <channel>] [--customer <type:value>] [--locale <locale>]
      [--event <json>] [--data <json>] what it says, as the providers would get it: parts, limits, what is left out; offline but for
                                       the customer (scope profiles:read)
  rapport push <folder> [--publish]    upload it, and make it live; with --draft <id or name> save it in a draft instead
  rapport pull <folder> [--draft <id>] write what is live, or a draft, into a folder; what was changed there is never overwritten
  rapport simulate <version>           what it would have changed in the decisions of the last seven days
      [--from <time>] [--to <time>] [--placement <name>] [--goal clicked]
  rapport preview <version>            what it would do to those inside of journeys: who stays, moves, leaves, goes on at once
  rapport publish <version>            make a version live; an older one rolls back. Where it moves many people, with
      [--confirm <token>]              the token that its preview shows
  rapport list                         the versions there are, newest first
  rapport reports [--from <day>] [--to <day>] [--by action,channel]
                                       what was decided and what came of it, in the last seven days by default
  rapport keys create --name <name> [--kind secret|write] [--scopes a,b]
  rapport why <customer> <action>      where somebody would get an action now, and why not: rapport why userId:kim welcome (scopes decide,
                                       playbooks:draft); changes nothing
  rapport chat <customer>              talk to the hub as a customer, line by line: rapport chat userId:kim, or visitor (scope collect; a user is
                                       proven by the stage's secret)
  rapport journeys                     who is in which journey, at which step and since when (scope journeys)
  rapport sends [start|pause|resume|cancel <send>]
                                       what was sent to many, and how far it came; starting shows it until it is done (scopes sends, reports:read)
  rapport sends try --name <one of sends/>|--segment <name>|--if <rule> --placement <name> [--at <time>] [--rate <a second>]
                                       who would get what, and why not the others: a dry run
  rapport jobs                         everything that walks over many customers, and how far it came (scope reports:read)
  rapport keys list                    the keys there are, and those that were revoked
  rapport keys revoke <key>            a key's id, its name or itself: refused within 60 seconds
  rapport keys rotate <secret>         makes a newer link, identity or identifier key; those of before go on working
  rapport keys retire <secret> <version>  ends an older link or identity key
  rapport keys identity [--user <id>]  a proof that somebody is logged in, to try it; without --user the secret that
      [--at <time>]                    your servers make proofs with
  rapport providers connect <provider> <account> <name=value>...
                                       keeps what is secret of an account at a provider, such as secret=whsec_...
  rapport webhooks list                the systems that are told of events, and how they answer (scope reports:read)
  rapport webhooks test|replay <name>  a call about nobody; or what could not be told is told again (scope send)
  rapport doctor                       asks the account what is still missing, channel by channel; changes nothing
  rapport prove --stage <new> --to <mailbox>  deploys a stage of its own into your account, plays one story there, takes all of it
      [--sender <address>] [--plan]    away and leaves a receipt; --plan says first what it would make and cost. With --stage local
      [--out <folder>]                 the local cloud is asked, and nothing is deployed
  rapport backup <file>                copy a hub on this machine into a file, while it runs
  rapport restore <file> [--moved]     put it into an empty folder, there or elsewhere. --moved: it was stopped before, and
                                       never starts again there

  --url <url>    where the hub is (or RAPPORT_URL; default http://127.0.0.1:4000, the local cloud)
  --key <key>    a secret key with the scope playbooks:draft, to publish playbooks:write, for reports reports:read (or RAPPORT_KEY; the local cloud's own by default)
  --stage <name> for keys, providers, chat, doctor and prove: the stage (or RAPPORT_STAGE; default prod). Uses your AWS credentials; \`local\` is the local cloud,
                 whose AWS is at --aws-url <url> (or AWS_ENDPOINT_URL; default http://127.0.0.1:4001)
  --state <folder>  for keys, backup and restore: the state of a hub on this machine, such as .rapport/serve (for the latter two
                 or RAPPORT_STATE_DIR; default .rapport/serve, that of npm run serve)`;

/** Runs one command line of `rapport`. Gives its exit code: 0 done, 1 refused or invalid, 2 wrong usage. */
export const runCli = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (values.help || positionals.length === 0) {
      terminal.out(HELP);
      return values.help ? 0 : 2;
    }
    const [name = "", ...rest] = positionals;
    // `keys create` and `providers connect` are commands of two words.
    const length = TWO_WORDS.includes(name) && rest.length > 0 ? 2 : 1;
    const command = COMMANDS.get(positionals.slice(0, length).join(" "));
    if (command === undefined) throw unknownCommand(name);
    const operands = positionals.slice(length);
    const further = command.andMore ? [] : operands.slice(command.operands.length);
    if (further.length > 0) throw new UsageError(`I do not know what to do with "${further.join(" ")}".`);
    const missing = command.operands[operands.length];
    if (missing !== undefined) throw new UsageError(`Say ${missing} too.`);
    return await command.run(operands, values, terminal);
  } catch (error) {
    if (error instanceof UsageError || isParseArgsError(error)) {
      terminal.error(`rapport: ${error.message}\n\n${HELP}`);
      return 2;
    }
    terminal.error(`rapport: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
};

const SECOND_WORDS: Readonly<Record<string, string>> = {
  keys: "create, list, revoke, rotate, retire or identity",
  providers: "connect",
  sends: "try, start, pause, resume or cancel",
  webhooks: "list, test or replay",
};
const TWO_WORDS = Object.keys(SECOND_WORDS);

const unknownCommand = (name: string): UsageError => {
  const words = Object.hasOwn(SECOND_WORDS, name) ? SECOND_WORDS[name] : undefined;
  return new UsageError(
    words === undefined ? `There is no command "${name}".` : `Say what to do with ${name}: ${words}.`,
  );
};

const isParseArgsError = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
