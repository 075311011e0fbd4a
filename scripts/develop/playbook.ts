import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { readFolder } from "#cli/folder.ts";
import { counted, showFindings } from "#cli/terminal.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { loadPlaybook } from "#infra/local/seed.ts";

type Hub = { readonly url: string };

/**
 * Checks the files of a playbook's folder, tells what is wrong with them, and makes them live if nothing is. Gives the version
 * that it published, or the one of before where it could not.
 */
export async function pushPlaybook(
  hub: Hub,
  folder: string,
  before: string,
  say: (line: string) => void,
): Promise<string> {
  const files = readFolder(folder);
  const { document, errors, warnings } = await parsePlaybook(files, renderMjml);
  showFindings([...errors, ...warnings], say, folder);
  if (!document) {
    say(`  ${counted(errors.length, "error")}: what is live stays live`);
    return before;
  }
  const { version, published } = await loadPlaybook(hub, files, before);
  if (!published) {
    say(`  another playbook was published by hand and stays live; ${version} is kept`);
    return before;
  }
  if (version !== before) await passPointerCaches(hub);
  return version;
}

/** Functions look up to five seconds at the version that was live: turning the clock spares the developer the wait. */
async function passPointerCaches({ url }: Hub): Promise<void> {
  const body = JSON.stringify({ advance: "PT5S" });
  await fetch(`${url}/_local/clock`, { method: "POST", body });
}
