import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll } from "vitest";
import { PROJECT_ROOT } from "../project/root.ts";

const started: ChildProcess[] = [];
// Registered when a test file imports this module: whatever it started ends with it.
afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
});

/** A hub that serves customers, as its owner starts it: a process of its own. */
export type ServedHub = {
  /** Where it answers on this machine. */
  readonly url: string;
  readonly awsUrl: string;
  readonly writeKey: string;
  /** null but at the first start of a state. */
  readonly adminKey: string | null;
  /** All that it has said so far. */
  readonly said: () => string;
  readonly stop: (signal: "SIGTERM" | "SIGKILL") => Promise<void>;
};

export type ServedOptions = { readonly state: string; readonly smtpUrl: string; readonly publicUrl: string };

/** Starts `npm run serve` at free ports. @throws Error with what it said when it ends before it is ready */
export async function startServed({ state, smtpUrl, publicUrl }: ServedOptions): Promise<ServedHub> {
  const child = spawn(process.execPath, ["scripts/serve.ts", "--state", state], {
    cwd: PROJECT_ROOT,
    env: {
      ...process.env,
      PORT: "0",
      AWS_PORT: "0",
      RAPPORT_PUBLIC_URL: publicUrl,
      RAPPORT_SMTP_URL: smtpUrl,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  await untilReady(child, () => said);
  return {
    url: found(said, /^ready at (\S+),/m),
    awsUrl: found(said, /^ {2}AWS +(http\S+),/m),
    writeKey: found(said, /^ {2}write key +(wk_\S+)/m),
    adminKey: /^ {2}admin key +(sk_\S+)/m.exec(said)?.[1] ?? null,
    said: () => said,
    stop: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill(signal);
      await gone;
    },
  };
}

async function untilReady(child: ChildProcess, said: () => string): Promise<void> {
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`it ended with ${code}: ${said()}`);
  });
  const ready = (async () => {
    while (!said().includes("What it has not")) await new Promise((resolve) => setTimeout(resolve, 50));
  })();
  await Promise.race([ready, ended]);
  ended.catch(() => {});
}

function found(text: string, form: RegExp): string {
  const value = form.exec(text)?.[1];
  if (value === undefined) throw new Error(`nothing like ${form} in: ${text}`);
  return value;
}
