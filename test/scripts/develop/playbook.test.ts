import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readFolder } from "#cli/folder.ts";
import { playbookVersion } from "#domain/playbook/model/version.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { liveVersion, loadPlaybook, publishPlaybook } from "#infra/local/seed.ts";
import { pushPlaybook } from "#scripts/develop/playbook.ts";
import { publishTrial } from "#scripts/hub/trial.ts";
import { hubAt } from "../../support/hub/client.ts";
import { startTestCloud } from "../../support/hub/local-cloud.ts";
import { PROJECT_ROOT } from "../../support/project/root.ts";

let cloud: LocalCloud;
let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rapport-edited-"));
  cpSync(`${PROJECT_ROOT}playbooks/retail`, folder, { recursive: true });
  cloud = await startTestCloud();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of a hub that keeps its state; what else a start was asked for is nothing to its playbook. */
const OPTIONS = { memory: false, logs: false, demo: false, port: 0, awsPort: 0 };

const TEMPLATE = "templates/hero-new-roast/web.yaml";
const edit = (headline: string): void => {
  const file = join(folder, TEMPLATE);
  writeFileSync(file, readFileSync(file, "utf8").replace(/^headline:.*$/m, `headline: ${headline}`));
};
const shown = async (): Promise<string> => {
  const body = { treatment: "hero-new-roast", channel: "web" };
  return JSON.stringify(await hubAt(cloud.url).call("POST", "/v1/renders", body));
};

it("an edited playbook is live at once, in place of one that was published by hand, and says how to go back", async () => {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  edit("Pushed by hand");
  const byHand = await loadPlaybook(cloud, readFolder(folder), null);
  await publishPlaybook(cloud, byHand.version);

  edit("Edited");
  const version = await pushPlaybook(cloud, folder, "pb_of_the_start", say);
  expect(await shown()).toContain("Edited");
  expect(said).toEqual([
    `  ${byHand.version} was published by hand; back with: npx rapport publish ${byHand.version} --url ${cloud.url}`,
  ]);

  edit("Edited again");
  expect(await pushPlaybook(cloud, folder, version ?? "", say)).not.toBe(version);
  expect(await shown()).toContain("Edited again");
  expect(said).toHaveLength(1);
});

it("a playbook with a fault, or without a change, stays as it is", async () => {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  edit("Right");
  const version = await pushPlaybook(cloud, folder, "pb_before", say);
  expect(await pushPlaybook(cloud, folder, version ?? "", say)).toBeNull();

  edit("[");
  await expect(pushPlaybook(cloud, folder, version ?? "", say)).rejects.toThrow(/^1 error, not live$/);
  expect(said.join("\n")).toContain(TEMPLATE);
  expect(await shown()).toContain("Right");
});

describe("a start over a state that is there", () => {
  /** How often the function that checks playbooks was asked. */
  const asked = (): number => cloud.usage.report(null).functions["playbook/api"]?.invocations ?? 0;
  let state = "";
  /** Whether the start had the playbook checked, and whether the folder's is live after it. */
  const start = async (): Promise<{ readonly checks: boolean; readonly live: boolean }> => {
    const before = asked();
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const options = { ...OPTIONS, playbook: folder, state };
    await publishTrial(cloud, options).finally(() => vi.restoreAllMocks());
    const live = (await liveVersion(cloud)) === playbookVersion(readFolder(folder));
    return { checks: asked() > before, live };
  };
  beforeAll(async () => {
    state = mkdtempSync(join(tmpdir(), "rapport-state-"));
    edit("As it was");
    const { version } = await loadPlaybook(cloud, readFolder(folder), null);
    await publishPlaybook(cloud, version);
    await start();
  });
  afterAll(() => rmSync(state, { recursive: true, force: true }));

  it("has nothing checked that is live and was checked by the same code", async () => {
    expect(await start()).toEqual({ checks: false, live: true });
  });

  it("publishes files that have changed since", async () => {
    edit("Changed since");
    expect(await start()).toEqual({ checks: true, live: true });
    expect(await start()).toEqual({ checks: false, live: true });
  });

  it.each([
    ["by other code", "another"],
    ["by nobody knows what code, as a note of release 0.1 says", null],
  ])("has checked anew what was checked %s", async (_, code) => {
    const file = join(state, "started-playbook");
    const [version = ""] = readFileSync(file, "utf8").split("\n");
    writeFileSync(file, code === null ? version : `${version}\n${code}`);
    expect(await start()).toEqual({ checks: true, live: true });
    expect(await start()).toEqual({ checks: false, live: true });
  });

  it("leaves live what was published by hand", async () => {
    const files = readFolder(folder);
    const text = (files[TEMPLATE] ?? "").replace(/^headline:.*$/m, "headline: By hand");
    const { version } = await loadPlaybook(cloud, { ...files, [TEMPLATE]: text }, null);
    await publishPlaybook(cloud, version);
    expect(await start()).toEqual({ checks: true, live: false });
  });
});
