import type { Options } from "./options.ts";
import type { Terminal } from "./terminal.ts";

type Command = {
  /** The words that must follow its name, as the advice calls them that asks for one. */
  readonly operands: readonly string[];
  /** More of the last of them may follow. */
  readonly andMore?: true;
  /** Gives the exit code. `operands` are as many as were asked for, or more where that may be. */
  readonly run: (
    operands: readonly string[],
    options: Options,
    terminal: Terminal,
  ) => number | Promise<number>;
};

const FOLDER = "the playbook's folder";
const WHICH_SECRET = "which: link, identity or identifier";

/** `sends start` and what else moves a send. */
const steeringOfSends = (): Readonly<Record<string, Command>> =>
  Object.fromEntries(
    (["start", "pause", "resume", "cancel"] as const).map((what) => [
      `sends ${what}`,
      {
        operands: ["which send"],
        run: async ([sendId = ""], options, terminal) =>
          (await import("./sends.ts")).steerSend(what, sendId, options, terminal),
      } satisfies Command,
    ]),
  );

/** Each loads what it needs: validating loads MJML, which making a key can do without. */
const commands: Readonly<Record<string, Command>> = {
  init: {
    operands: ["a folder"],
    run: async ([folder = ""], options, terminal) =>
      (await import("./init.ts")).init(folder, options, terminal),
  },
  validate: {
    operands: [FOLDER],
    run: async ([folder = ""], _, terminal) =>
      (await import("./validate.ts")).validateFolder(folder, terminal),
  },
  test: {
    operands: [FOLDER],
    run: async ([folder = ""], options, terminal) =>
      (await import("./test.ts")).testFolder(folder, options, terminal),
  },
  render: {
    operands: [FOLDER],
    run: async ([folder = ""], options, terminal) =>
      (await import("./render.ts")).render(folder, options, terminal),
  },
  push: {
    operands: [FOLDER],
    run: async ([folder = ""], { draft, ...options }, terminal) =>
      draft === undefined
        ? (await import("./playbooks.ts")).push(folder, options, terminal)
        : (await import("./push-draft.ts")).pushDraft(folder, { ...options, draft }, terminal),
  },
  pull: {
    operands: [FOLDER],
    run: async ([folder = ""], options, terminal) =>
      (await import("./pull.ts")).pull(folder, options, terminal),
  },
  preview: {
    operands: ["a version"],
    run: async ([version = ""], options, terminal) =>
      (await import("./preview.ts")).preview(version, options, terminal),
  },
  publish: {
    operands: ["a version"],
    run: async ([version = ""], options, terminal) =>
      (await import("./playbooks.ts")).publish(version, options, terminal),
  },
  list: {
    operands: [],
    run: async (_, options, terminal) => (await import("./playbooks.ts")).list(options, terminal),
  },
  simulate: {
    operands: ["a version"],
    run: async ([version = ""], options, terminal) =>
      (await import("./simulate.ts")).simulate(version, options, terminal),
  },
  reports: {
    operands: [],
    run: async (_, options, terminal) => (await import("./reports.ts")).showReports(options, terminal),
  },
  why: {
    operands: ["a customer, as type:value", "an action"],
    run: async ([customer = "", action = ""], options, terminal) =>
      (await import("./why.ts")).why(customer, action, options, terminal),
  },
  chat: {
    operands: ["who talks: userId:<id>, or visitor"],
    run: async ([customer = ""], options, terminal) =>
      (await import("./chat.ts")).chat(customer, options, terminal),
  },
  journeys: {
    operands: [],
    run: async (_, options, terminal) => (await import("./journeys.ts")).showJourneys(options, terminal),
  },
  jobs: {
    operands: [],
    run: async (_, options, terminal) => (await import("./jobs.ts")).listJobs(options, terminal),
  },
  sends: {
    operands: [],
    run: async (_, options, terminal) => (await import("./sends.ts")).listSends(options, terminal),
  },
  "sends try": {
    operands: [],
    run: async (_, options, terminal) => (await import("./sends.ts")).trySend(options, terminal),
  },
  ...steeringOfSends(),
  "keys create": {
    operands: [],
    run: async (_, options, terminal) => (await import("./keys.ts")).createKey(options, terminal),
  },
  "keys list": {
    operands: [],
    run: async (_, options, terminal) => (await import("./keys.ts")).listKeys(options, terminal),
  },
  "keys revoke": {
    operands: ["which key"],
    run: async ([key = ""], options, terminal) =>
      (await import("./keys.ts")).revokeKey(key, options, terminal),
  },
  "keys rotate": {
    operands: [WHICH_SECRET],
    run: async ([what = ""], options, terminal) =>
      (await import("./secrets.ts")).rotateSecret(what, options, terminal),
  },
  "keys retire": {
    operands: [WHICH_SECRET, "which version"],
    run: async ([what = "", version = ""], options, terminal) =>
      (await import("./secrets.ts")).retireSecret({ what, version }, options, terminal),
  },
  "keys identity": {
    operands: [],
    run: async (_, options, terminal) => (await import("./identity.ts")).showIdentity(options, terminal),
  },
  "providers connect": {
    operands: ["which provider", "a name for the account", "what is secret of it, as name=value"],
    andMore: true,
    run: async (operands, options, terminal) =>
      (await import("./providers.ts")).connectAccount(operands, options, terminal),
  },
  "webhooks list": {
    operands: [],
    run: async (_, options, terminal) => (await import("./webhooks.ts")).listWebhooks(options, terminal),
  },
  "webhooks test": {
    operands: ["which webhook"],
    run: async ([name = ""], options, terminal) =>
      (await import("./webhooks.ts")).testWebhook(name, options, terminal),
  },
  "webhooks replay": {
    operands: ["which webhook"],
    run: async ([name = ""], options, terminal) =>
      (await import("./webhooks.ts")).replayWebhook(name, options, terminal),
  },
  doctor: {
    operands: [],
    run: async (_, options, terminal) => (await import("./doctor.ts")).doctor(options, terminal),
  },
  prove: {
    operands: [],
    run: async (_, options, terminal) => (await import("./prove.ts")).prove(options, terminal),
  },
  backup: {
    operands: ["a file"],
    run: async ([file = ""], options, terminal) =>
      (await import("./backup.ts")).backup(file, options, terminal),
  },
  restore: {
    operands: ["a file"],
    run: async ([file = ""], options, terminal) =>
      (await import("./backup.ts")).restore(file, options, terminal),
  },
};

/** The commands by name. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map(Object.entries(commands));
