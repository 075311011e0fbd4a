import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, clientOf } from "../../measure/client.ts";
import { atMost, type Line, noted, printTable } from "../../measure/table.ts";
import { copyProject } from "./copy.ts";
import { type Program, type Programs, programsIn } from "./programs.ts";

const ROOT = join(import.meta.dirname, "../../..");
/** What a developer waits for at most, in seconds. */
const BUDGET = { handler: 3, playbook: 2, test: 3, start: 4 } as const;
const CHANGES = 3;
const PATIENCE = 60;

const HANDLER = "functions/collect/http/handler.ts";
const TEMPLATE = "playbooks/retail/templates/hero-new-roast/web.yaml";
const TEST = "test/domain/decision/decide.test.ts";
const HEADER = "x-change";

const inSeconds = (value: number): string => `${value.toFixed(1)} s`;
const seconds = (from: number): number => (performance.now() - from) / 1_000;

/** Seconds from the change of a file until somebody who asks again and again sees it. */
const untilSeen = async (change: () => void, isSeen: () => Promise<boolean>): Promise<number> => {
  const from = performance.now();
  change();
  while (!(await isSeen())) {
    if (seconds(from) > PATIENCE) throw new Error(`a change was not seen within ${PATIENCE} seconds`);
    await sleep(20);
  }
  return seconds(from);
};

/** The same handler, whose answers carry the number of the change. */
const changedHandler = (text: string, change: number): string => {
  const changed = text.replace("export const handler = ", "const before = ");
  if (changed === text)
    throw new Error(`${HANDLER} exports its handler in another way than this bench knows`);
  return `${changed}
export const handler = async (...given: Parameters<typeof before>) => {
  const answer = await before(...given);
  return { ...answer, headers: { ...answer.headers, "${HEADER}": "${change}" } };
};
`;
};

const handlerChange = (folder: string, url: string, text: string, change: number): Promise<number> =>
  untilSeen(
    () => writeFileSync(join(folder, HANDLER), changedHandler(text, change)),
    async () => {
      const { headers } = await fetch(`${url}/v1/track`, { method: "POST", body: "{}" });
      return headers.get(HEADER) === String(change);
    },
  );

/** What everybody would be shown of the template: its words are the playbook's. On a busy machine it may fail at first. */
const shown = async (client: Client): Promise<string> =>
  (await client.api("POST", "/v1/renders", { treatment: "hero-new-roast", channel: "web" })).body;

const playbookChange = (folder: string, client: Client, text: string, change: number): Promise<number> =>
  untilSeen(
    () =>
      writeFileSync(join(folder, TEMPLATE), text.replace(/^headline: .*$/m, `headline: Change ${change}`)),
    async () => (await shown(client)).includes(`Change ${change}`),
  );

/** The slowest of some changes, each made when the one before is seen. */
const slowest = async (change: (number: number) => Promise<number>): Promise<number> => {
  const taken: number[] = [];
  for (let number = 1; number <= CHANGES; number += 1) taken.push(await change(number));
  return Math.max(...taken);
};

/** With the state that the copy keeps, on ports that are free. */
const hub = (programs: Programs, script: string): Program => programs.start([script, "--port", "0"]);

const changes = async (folder: string, url: string) => {
  const client = clientOf(url, 1);
  const [handler = "", template = ""] = [HANDLER, TEMPLATE].map((file) =>
    readFileSync(join(folder, file), "utf8"),
  );
  // The function that shows it has not run yet: its first start is no part of a change.
  await untilSeen(
    () => {},
    async () => (await shown(client)).includes('"treatment":"hero-new-roast"'),
  );
  const handlers = await slowest((number) => handlerChange(folder, url, handler, number));
  const playbooks = await slowest((number) => playbookChange(folder, client, template, number));
  client.close();
  return { handlers, playbooks };
};

const liveLines = async (folder: string, programs: Programs): Promise<readonly Line[]> => {
  const from = performance.now();
  const developing = hub(programs, "scripts/dev.ts");
  await developing.hear(/\nwatching /);
  const first = seconds(from);
  const [, url = ""] = await developing.hear(/ready at (\S+)/);
  const { handlers, playbooks } = await changes(folder, url).catch((cause: unknown) => {
    throw new Error(`${String(cause)}. npm run dev said:\n${developing.said()}`, { cause });
  });
  await developing.stop();
  return [
    atMost(
      `npm run dev: a changed handler answers, slowest of ${CHANGES}`,
      handlers,
      BUDGET.handler,
      inSeconds,
    ),
    atMost(`  a changed playbook file is live, slowest of ${CHANGES}`, playbooks, BUDGET.playbook, inSeconds),
    noted("  its first start of all, everything bundled and synthesized", inSeconds(first)),
  ];
};

const startTime = async (programs: Programs): Promise<number> => {
  const from = performance.now();
  const started = hub(programs, "scripts/start.ts");
  await started.hear(/ready at /);
  const taken = seconds(from);
  await started.stop();
  return taken;
};

const startLines = async (folder: string, programs: Programs): Promise<readonly Line[]> => {
  const unchanged = await startTime(programs);
  writeFileSync(
    join(folder, HANDLER),
    changedHandler(readFileSync(join(ROOT, HANDLER), "utf8"), CHANGES + 1),
  );
  const changed = await startTime(programs);
  return [
    atMost("npm start after a change of one function", changed, BUDGET.start, inSeconds),
    noted("  after no change", inSeconds(unchanged)),
  ];
};

const testLine = async (programs: Programs): Promise<Line> => {
  const from = performance.now();
  await programs.start(["node_modules/vitest/vitest.mjs", "run", TEST]).done();
  return atMost(`npx vitest run ${TEST}`, seconds(from), BUDGET.test, inSeconds);
};

/** Ends the programs and takes the copy away, when somebody ends the bench. */
const tidyOnSignals = (tidy: () => void): void => {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(name, () => {
      tidy();
      process.exit(1);
    });
  }
};

/**
 * `npm run bench -- develop`: how long a developer waits until a change is seen, as seen from outside, in a copy of the
 * project.
 */
export const run = async (): Promise<number> => {
  const { folder, remove } = copyProject(ROOT);
  const programs = programsIn(folder);
  const tidy = (): void => {
    programs.kill();
    remove();
  };
  tidyOnSignals(tidy);
  try {
    const lines = [
      ...(await liveLines(folder, programs)),
      ...(await startLines(folder, programs)),
      await testLine(programs),
    ];
    return printTable("Developing: from a change until it is seen", lines);
  } finally {
    tidy();
  }
};
