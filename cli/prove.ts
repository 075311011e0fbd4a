import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { DeployedStack } from "#ports/account.ts";
import type { Simulator } from "#ports/checkup.ts";
import { CHECKUP } from "#providers/all.checkup.ts";
import { newKey } from "#runtime/http/keys.ts";
import type { CoreName } from "#runtime/names.ts";
import { checkAccess } from "./aws-access.ts";
import { awsAccount } from "./aws-account.ts";
import { doctor } from "./doctor.ts";
import { readFolder } from "./folder.ts";
import { awsProof } from "./prove/aws.ts";
import { runCdk, stageArguments } from "./prove/cdk.ts";
import { localProof } from "./prove/local.ts";
import { planLines, planOf } from "./prove/plan.ts";
import { play } from "./prove/play.ts";
import type { Proof, ProofAccount } from "./prove/port.ts";
import { isProven, type Receipt } from "./prove/receipt.ts";
import { localReceipt, release, writeReceipt } from "./prove/receipt-files.ts";
import { waiting } from "./prove/waiting.ts";
import { published, type Stage, type StageOptions, stageOf } from "./stage.ts";
import { type Terminal, UsageError } from "./terminal.ts";

type Options = StageOptions & {
  readonly url?: string;
  readonly to?: string;
  readonly sender?: string;
  readonly plan?: boolean;
  readonly out?: string;
};

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LOCAL_URL = "http://127.0.0.1:4000";
const LOCAL_SENDER = "proof@shop.example";
/** Files of the story's playbook, with whom its mail comes from. */
export const proofPlaybook = (sender: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(readFolder(join(ROOT, "playbooks/proof"))).map(([path, text]) => [
      path,
      text.replaceAll("SENDER", () => sender),
    ]),
  );

const simulator = (): Simulator => {
  const [found] = [...CHECKUP.values()].flatMap(({ simulator: one }) => one ?? []);
  if (found === undefined) throw new Error("no provider has a simulator");
  return found;
};

const checkedAddress = (option: string, address: string | undefined): string | undefined => {
  if (address === undefined || /^[^\s@<>"',:;]+@[A-Za-z0-9.-]+$/.test(address)) return address;
  throw new UsageError(`${option} wants an address alone, such as you@example.com.`);
};

/** Throws at a stage that is not one to be made and thrown away. */
const checkStage = ({ stage, state }: Options): void => {
  if (state !== undefined) throw new UsageError("A hub that serves customers is not there to be tried out.");
  if (stage === undefined) throw new UsageError("Say --stage too: a name that no stage has yet, or local.");
  if (stage === "prod")
    throw new UsageError("prod keeps its data: prove in a stage that can be thrown away.");
  if (!/^[a-z][a-z0-9]{0,15}$/.test(stage)) {
    throw new UsageError("A stage is named by lower-case letters and digits, 16 at most.");
  }
};

const showPlan = async (stage: string, channels: readonly string[], terminal: Terminal): Promise<number> => {
  if (stage === "local") {
    terminal.out("Against the local cloud nothing is deployed, and nothing is paid for.");
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), "rapport-plan-"));
  try {
    await runCdk(["synth", "--quiet", "--output", folder, ...stageArguments(stage, channels)]);
    for (const line of planLines(planOf(folder, stage, localReceipt().figures))) terminal.out(line);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return 0;
};

/** Aborted by Ctrl-C, which then ends nothing by itself. */
const stopOnSignals = (terminal: Terminal): AbortSignal => {
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      terminal.error("stopping; what was made is taken away first");
      stopping.abort();
    });
  }
  return stopping.signal;
};

/** Stacks of a stage that there are. Throws where nobody may ask: what is not known to be free is not taken. */
const stacksIn = async (stage: Stage): Promise<readonly DeployedStack[]> => {
  const told = await awsAccount(stage).stacks();
  if (told.told === "answer") return told.value;
  throw new Error("these credentials may not ask for the account's stacks");
};

const askDoctor: (options: StageOptions, terminal: Terminal) => ReturnType<ProofAccount["doctor"]> = async (
  options,
  { environment },
) => {
  const lines: string[] = [];
  const out = (line: string): void => void lines.push(line.replace(/ +/g, " ").trim());
  const code = await doctor(options, { environment, out, error: out });
  return { fine: code === 0, lines };
};

/** Who is asked, and how long: an account takes minutes for what a local cloud does at once. */
const provingIn = (stage: Stage, options: Options, terminal: Terminal, signal: AbortSignal) => {
  const isLocal = stage.name === "local";
  const run = randomBytes(4).toString("hex");
  const patience = isLocal ? { everyMs: 100, mostMs: 60_000 } : { everyMs: 2_000, mostMs: 300_000 };
  const until = waiting({ ...patience, signal });
  const counted = { requests: 0 };
  const onRequest = (): void => {
    counted.requests += 1;
  };
  const { environment } = terminal;
  const common = {
    stage: stage.name,
    aws: stage.aws,
    url: options.url,
    published: (name: CoreName) => published(stage, name),
    newKey: () => newKey("secret"),
    doctor: () => askDoctor(options, terminal),
    run,
    until,
    onRequest,
  };
  const stacks = () => stacksIn(stage);
  const account = isLocal
    ? localProof(common, (options.url ?? environment.RAPPORT_URL ?? LOCAL_URL).replace(/\/+$/, ""))
    : awsProof({ ...common, channels: [simulator().channel], signal, stacks });
  return { account, counted, run, until };
};

/**
 * `rapport prove`: plays one story in a stage of its own, against the account of the caller or a local cloud, takes away what it
 * made and writes a receipt. Ends with 1 when something that is claimed was not seen, or the caller stopped it.
 */
export const prove = async (
  options: Options,
  terminal: Terminal,
  stopped: AbortSignal | undefined = undefined,
): Promise<number> => {
  checkStage(options);
  const stage = stageOf(options, terminal);
  const isLocal = stage.name === "local";
  const mailbox = checkedAddress("--to", options.to);
  const sender =
    checkedAddress("--sender", options.sender) ?? mailbox ?? (isLocal ? LOCAL_SENDER : undefined);
  if (options.plan) return showPlan(stage.name, [simulator().channel], terminal);
  if (sender === undefined) {
    throw new UsageError(
      "Say --to <mailbox> too, or --sender: an address at a domain that your account may send from.",
    );
  }
  if (!isLocal) {
    await checkAccess(undefined);
    const there = await stacksIn(stage);
    // Whatever it finds afterwards it takes away: nothing of others may be among it.
    if (there.length > 0) throw new Error(`the stage "${stage.name}" is there already: name one that is not`);
  }
  const signal = stopped ?? stopOnSignals(terminal);
  const { account, counted, run, until } = provingIn(stage, options, terminal, signal);
  const proof: Proof = { account, simulator: simulator(), run, files: proofPlaybook(sender), mailbox, until };
  const hidden = [sender, mailbox].flatMap((address) => address?.split("@")[1] ?? []);
  const now = (): number => performance.now();
  const { steps, figures } = await play(proof, { hidden, signal, now, tell: terminal.out });
  const receipt: Receipt = {
    v: 1,
    release: release(),
    at: new Date().toISOString(),
    where: {
      kind: account.kind,
      stage: stage.name,
      region: isLocal ? null : await new SSMClient(stage.aws).config.region(),
    },
    run,
    steps,
    requestsByCaller: counted.requests,
    figures,
    beside: isLocal ? null : localReceipt(),
  };
  terminal.out(`receipt: ${writeReceipt(receipt, options.out ?? join(ROOT, ".rapport/prove"))}.md`);
  return isProven(receipt) && !signal.aborted ? 0 : 1;
};
