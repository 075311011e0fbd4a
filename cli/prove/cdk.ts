import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What `cdk` runs, for Node to run. What npm puts into `.bin` is a script of the shell on Windows, which cannot be spawned. */
export const CDK = join(ROOT, "node_modules/aws-cdk/bin/cdk");

/**
 * Runs `cdk` in the project, with its output where the caller's goes. It has a process group of its own: Ctrl-C is for
 * the caller, who ends it by the signal and then takes away what there is.
 * @throws Error when it ends with anything but 0
 */
export const runCdk = (args: readonly string[], signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const binaries = join(ROOT, "node_modules", ".bin");
    const child = spawn(process.execPath, [CDK, ...args], {
      cwd: ROOT,
      // The app is TypeScript, which wants the Node that npm put into the project.
      env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ""}` },
      stdio: ["ignore", "inherit", "inherit"],
      detached: true,
    });
    const stop = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
    };
    signal?.addEventListener("abort", stop, { once: true });
    child.once("error", reject);
    child.once("exit", (code, killed) => {
      signal?.removeEventListener("abort", stop);
      if (code === 0) resolve();
      else reject(new Error(`cdk ${args[0]} ended with ${code ?? killed}`));
    });
  });

/** Arguments by which `cdk` means a stage of its own, with the channels that are proven and no log kept for long. */
export const stageArguments = (stage: string, channels: readonly string[]): readonly string[] => [
  "-c",
  `rapport:stage=${stage}`,
  "-c",
  `rapport:channels=${channels.join(",")}`,
  "-c",
  "rapport:logRetentionDays=1",
];
