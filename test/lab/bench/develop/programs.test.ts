import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { programsIn } from "#lab/bench/develop/programs.ts";

const FOR_EVER = 'console.log("pid", process.pid); setInterval(() => {}, 1000)';
const STUBBORN = `process.on("SIGTERM", () => {}); ${FOR_EVER}`;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("programs that a bench starts", () => {
  it("are heard, also in what they said before", async () => {
    const { start } = programsIn(tmpdir());
    const program = start(["-e", 'console.log("ready at 1"); console.error("and more")']);
    await program.done();
    expect((await program.hear(/ready at (\d)/))[1]).toBe("1");
    await expect(program.hear(/never/)).rejects.toThrow(/ended:\n.*and more/s);
  });

  it("tell what they said when they fail", async () => {
    const { start } = programsIn(tmpdir());
    await expect(start(["-e", 'console.log("because"); process.exit(3)']).done()).rejects.toThrow(
      /ended with 3:\nbecause/,
    );
  });

  it("end with it, whether they want to or not, and no other does", async () => {
    const [mine, others] = [programsIn(tmpdir()), programsIn(tmpdir())];
    const stubborn = mine.start(["-e", STUBBORN]);
    const other = others.start(["-e", FOR_EVER]);
    const [pid, otherPid] = await Promise.all(
      [stubborn, other].map(async (program) => Number((await program.hear(/pid (\d+)/))[1])),
    );
    mine.kill();
    await stubborn.done().catch(() => {});
    expect([isAlive(pid ?? 0), isAlive(otherPid ?? 0)]).toEqual([false, true]);
    await other.stop();
    expect(isAlive(otherPid ?? 0)).toBe(false);
  });
});
