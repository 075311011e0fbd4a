import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { readFolder } from "#cli/folder.ts";
import { counted, showFindings } from "#cli/terminal.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { loadPlaybook, publishPlaybook } from "#infra/local/seed.ts";

type Hub = { readonly url: string };

/**
 * Checks the files of a playbook's folder, tells what is wrong with them, and makes them live if nothing is, in place of whatever
 * is: who edits a file means that one. Gives the version that it published; null where they are live already.
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
  const { document, errors, warnings } = await parsePlaybook(files, renderMjml);
  showFindings([...errors, ...warnings], say, folder);
  if (!document) {
    throw new Error(`${counted(errors.length, "error")}, not live`);
  }
  const { version, published, live } = await loadPlaybook(hub, files, mine);
  if (live === version) return null;
  if (!published) {
    await publishPlaybook(hub, version);
    say(`  ${live} was published by hand; back with: npx rapport publish ${live} --url ${hub.url}`);
  }
  await passPointerCaches(hub);
  return version;
}

/** Functions look up to five seconds at the version that was live: turning the clock spares the developer the wait. */
async function passPointerCaches({ url }: Hub): Promise<void> {
  const body = JSON.stringify({ advance: "PT5S" });
  await fetch(`${url}/_local/clock`, { method: "POST", body });
}
