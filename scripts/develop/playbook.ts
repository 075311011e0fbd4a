import * as z from "zod/mini";
import { readFolder } from "#cli/folder.ts";
import { counted, showFindings } from "#cli/terminal.ts";
import { playbookVersion } from "#domain/playbook/model/version.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { liveVersion, publishPlaybook, uploadPlaybook } from "#infra/local/seed.ts";
import { Finding as WireFinding } from "#runtime/http/findings.ts";

type Hub = Pick<LocalCloud, "url" | "aws" | "deployment">;

const Finding = z.extend(WireFinding, {
  expected: z.exactOptional(z.string()),
  beside: z.exactOptional(z.int()),
});
const Findings = z.array(Finding);
const Refusal = z.object({ errors: Findings, warnings: Findings });

/**
 * Has the hub check the files of a playbook's folder, tells what is wrong with them, and makes them live if nothing is, in place
 * of whatever is: who edits a file means that one. Gives the version that it published; null where they are live already.
 * @throws Error that counts what is wrong with them, once it is told
 * @param mine the version of the folder that was live, or was uploaded, before
 */
export async function pushPlaybook(
  hub: Hub,
  folder: string,
  mine: string,
  say: (line: string) => void,
): Promise<string | null> {
  const files = readFolder(folder);
  const live = await liveVersion(hub);
  if (playbookVersion(files) === live) return null;
  const version = await keepOrTell(hub, folder, files, say);
  await publishPlaybook(hub, version);
  if (live !== null && live !== mine)
    say(`  ${live} was published by hand; back with: npx rapport publish ${live} --url ${hub.url}`);
  await passPointerCaches(hub);
  return version;
}

/** Gives the version as which the hub keeps the files. @throws Error that counts what is wrong with them, once it is told */
async function keepOrTell(
  hub: Hub,
  folder: string,
  files: ReturnType<typeof readFolder>,
  say: (line: string) => void,
): Promise<string> {
  const uploaded = await uploadPlaybook(hub, files);
  if (!("refused" in uploaded)) {
    showFindings(z.parse(Findings, uploaded.warnings), say, folder);
    return uploaded.version;
  }
  const refusal = Refusal.safeParse(uploaded.refused);
  if (!refusal.success) throw new Error(`not live: ${JSON.stringify(uploaded.refused)}`);
  const { errors, warnings } = refusal.data;
  showFindings([...errors, ...warnings], say, folder);
  throw new Error(`${counted(errors.length, "error")}, not live`);
}

/** Functions look up to five seconds at the version that was live: turning the clock spares the developer the wait. */
async function passPointerCaches({ url }: Hub): Promise<void> {
  const body = JSON.stringify({ advance: "PT5S" });
  await fetch(`${url}/_local/clock`, { method: "POST", body });
}
