import { setTimeout as sleep } from "node:timers/promises";
import type { Send } from "#client/index.ts";
import { type HubOptions, hubClient } from "./hub.ts";
import { progressBar } from "./progress.ts";
import { counted, type Terminal, UsageError } from "./terminal.ts";

type Options = HubOptions & {
  readonly name?: string;
  readonly segment?: string;
  readonly if?: string;
  readonly placement?: string;
  readonly at?: string;
  readonly rate?: string;
};

const POLL_MS = 500;
const STANDS: readonly Send["status"][] = ["done", "failed", "cancelled", "paused"];

const inOrder = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");

const show = (send: Send, { out }: Terminal): void => {
  const { sendId, name, status, reason, dryRun, total, decided, sent, refused, channels, cost } = send;
  const why = reason === undefined ? "" : ` (${reason})`;
  out(`${sendId}  ${name}: ${status}${why}${dryRun ? ", a dry run" : ""}`);
  const by = sent === 0 ? "" : ` (${inOrder(channels)}), for ${cost}`;
  out(`  ${decided} decided of ${total}, ${sent} ${dryRun ? "would get" : "get"} a message${by}`);
  if (Object.keys(refused).length > 0) out(`  nothing for: ${inOrder(refused)}`);
  if (send.bounced + send.complained > 0)
    out(`  ${send.bounced} bounced, ${counted(send.complained, "complaint")}`);
  if (send.failed > 0) out(`  ${send.failed} failed, such as ${send.failures[0]?.customerId ?? "?"}`);
};

/** Shows how far a send came until it stands, by the job that walks for it. */
const follow = async (sendId: string, options: Options, terminal: Terminal): Promise<number> => {
  const call = hubClient(options, terminal);
  for (let shown = ""; ; ) {
    const path = { id: sendId };
    const send = await call("GET /v1/sends/{id}", { path });
    const waits = send.status === "queued" && send.at !== undefined;
    if (waits || STANDS.includes(send.status)) {
      show(send, terminal);
      return send.status === "failed" ? 1 : 0;
    }
    const bar = progressBar(await call("GET /v1/jobs/{id}", { path }));
    if (bar !== shown) terminal.error(bar);
    shown = bar;
    await sleep(POLL_MS);
  }
};

/** `rapport sends`: the last sends, the newest first. */
export const listSends = async (options: Options, terminal: Terminal): Promise<number> => {
  const { items } = await hubClient(options, terminal)("GET /v1/sends", {});
  for (const send of items) show(send, terminal);
  terminal.out(counted(items.length, "send"));
  return 0;
};

/** `rapport sends try`: a dry run, and the command that begins it for good. */
export const trySend = async (options: Options, terminal: Terminal): Promise<number> => {
  const { name, segment, if: condition, placement, at, rate } = options;
  const isPlanned = placement === undefined && segment === undefined && condition === undefined;
  const isWhole = placement !== undefined && (segment === undefined) !== (condition === undefined);
  if (!isWhole && !(isPlanned && name !== undefined))
    throw new UsageError("a name of the playbook's is needed, or a placement with a segment or a condition");
  const body = {
    name: name ?? placement ?? "",
    ...(segment === undefined ? {} : { segment }),
    ...(condition === undefined ? {} : { if: condition }),
    ...(placement === undefined ? {} : { placement }),
    ...(at === undefined ? {} : { at }),
    ...(rate === undefined ? {} : { rate: Number(rate) }),
    dryRun: true,
  };
  const { sendId } = await hubClient(options, terminal)("POST /v1/sends", { body });
  const code = await follow(sendId, options, terminal);
  terminal.out(`begin it with: rapport sends start ${sendId}`);
  return code;
};

const COMMANDS = {
  start: "POST /v1/sends/{id}/start",
  pause: "POST /v1/sends/{id}/pause",
  resume: "POST /v1/sends/{id}/resume",
  cancel: "POST /v1/sends/{id}/cancel",
} as const;

/** `rapport sends start|pause|resume|cancel <id>`; what goes on is followed until it stands. */
export const steerSend = async (
  what: keyof typeof COMMANDS,
  sendId: string,
  options: Options,
  terminal: Terminal,
): Promise<number> => {
  await hubClient(options, terminal)(COMMANDS[what], { path: { id: sendId } });
  return follow(sendId, options, terminal);
};
