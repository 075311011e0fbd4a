import { afterAll, expect, vi } from "vitest";
import { readFolder } from "#cli/folder.ts";
import type { AwsRequest } from "#infra/local/aws/protocol.ts";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import { LOCAL_SECRETS, loadPlaybook, seedKeys } from "#infra/local/seed.ts";
import { type RightsWatch, watchRights } from "../iam/watch.ts";
import { PROJECT_ROOT } from "../project/root.ts";
import { testAssembly } from "./assembly.ts";
import { type Hub, hubAt } from "./client.ts";

const running: LocalCloud[] = [];
const watches: RightsWatch[] = [];

// The first start after a change synthesizes, which takes half a minute on a busy machine.
vi.setConfig({ hookTimeout: 180_000, testTimeout: 60_000 });

// Registered when a test file imports this module: whatever it started ends with it.
afterAll(async () => {
  await Promise.all(running.splice(0).map((cloud) => cloud.stop()));
  // Whatever the file was about: nothing that a function called may be more than its role allows it.
  expect(watches.splice(0).flatMap((watch) => watch.refused())).toEqual([]);
});

export type TestCloudOptions = {
  /** Files of a playbook by path; default: the retail playbook; null = none. */
  readonly playbook?: Readonly<Record<string, string>> | null;
  /** Default: in memory. */
  readonly stateDirectory?: string;
  readonly onLog?: (label: string, line: string) => void;
  /** Every request of a function to an AWS service. */
  readonly onRequest?: (request: AwsRequest) => void;
};

/**
 * The whole project in this process, with both local keys and a playbook. Test files share one synthesis: it is kept
 * by the hash of the sources.
 */
export async function startTestCloud(options: TestCloudOptions = {}): Promise<LocalCloud> {
  const assembly = await testAssembly();
  const watch = watchRights();
  const cloud = await startLocalCloud({
    assembly,
    port: 0,
    stateDirectory: options.stateDirectory ?? null,
    secrets: LOCAL_SECRETS,
    ...(options.onLog === undefined ? {} : { onLog: options.onLog }),
    onRequest: (request) => {
      watch.onRequest(request);
      options.onRequest?.(request);
    },
  });
  watch.begin(cloud, assembly);
  watches.push(watch);
  running.push(cloud);
  await seedKeys(cloud);
  const files =
    options.playbook === undefined ? readFolder(`${PROJECT_ROOT}playbooks/retail`) : options.playbook;
  if (files !== null) await loadPlaybook(cloud, files, null);
  return cloud;
}

/** The same, seen through the public API and the local calls. */
export async function testHub(playbook?: Readonly<Record<string, string>>): Promise<Hub> {
  const cloud = await startTestCloud(playbook === undefined ? {} : { playbook });
  return hubAt(cloud.url);
}
