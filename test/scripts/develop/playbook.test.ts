import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readFolder } from "#cli/folder.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { loadPlaybook, publishPlaybook } from "#infra/local/seed.ts";
import { pushPlaybook } from "#scripts/develop/playbook.ts";
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
