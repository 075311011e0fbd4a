import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";

const PROGRAM = join(import.meta.dirname, "ending-program.ts");
const folder = mkdtempSync(join(tmpdir(), "rapport-ending-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { npm_lifecycle_event: _, ...ENVIRONMENT } = process.env;

/** The program's own id, once it runs. */
const running = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (chunk) => {
      said += String(chunk);
      const id = /running as (\d+)/.exec(said)?.[1];
      if (id !== undefined) resolve(Number(id));
    });
    child.once("close", () => reject(new Error(`it ended before it ran: ${said}`)));
  });

const isAlive = (id: number): boolean => {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
};

const gone = async (id: number): Promise<void> => {
  for (let waits = 0; isAlive(id); waits += 1) {
    if (waits === 500) {
      process.kill(id, "SIGKILL");
      throw new Error("it went on running");
    }
    await sleep(20);
  }
};

/** A project whose `npm start` runs the program. */
const npmProject = (file: string): string => {
  const project = mkdtempSync(join(folder, "project-"));
  const start = [process.execPath, PROGRAM, file].map((part) => JSON.stringify(part)).join(" ");
  writeFileSync(join(project, "package.json"), JSON.stringify({ scripts: { start } }));
  return project;
};

describe.concurrent("a hub that is asked to end", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("ends in good order at %s", async (signal) => {
    const file = join(folder, signal);
    const child = spawn(process.execPath, [PROGRAM, file], { env: ENVIRONMENT });
    const id = await running(child);
    // The terminal and npm both pass a signal on: the second is no wish for haste.
    process.kill(id, signal);
    process.kill(id, signal);
    await gone(id);
    expect(readFileSync(file, "utf8")).toBe("ended in good order");
  });

  it.each(["SIGTERM", "SIGHUP", "SIGKILL"] as const)(
    "ends in good order when npm alone gets %s",
    async (signal) => {
      const file = join(folder, `npm-${signal}`);
      const npm = spawn("npm", ["start"], { cwd: npmProject(file), env: ENVIRONMENT });
      const id = await running(npm);
      npm.kill(signal);
      await gone(id);
      expect(readFileSync(file, "utf8")).toBe("ended in good order");
    },
  );

  it("goes on when whoever started it has ended and was not npm", async () => {
    const file = join(folder, "orphan");
    const shell = spawn("sh", ["-c", '"$0" "$@"; true', process.execPath, PROGRAM, file], {
      env: ENVIRONMENT,
    });
    const id = await running(shell);
    shell.kill("SIGKILL");
    await sleep(1_200);
    expect([isAlive(id), existsSync(file)]).toEqual([true, false]);
    process.kill(id, "SIGTERM");
    await gone(id);
  });
});
