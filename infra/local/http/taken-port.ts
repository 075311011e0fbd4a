import { objectAt, parseObject, textAt } from "../aws/json.ts";

const PATIENCE_MS = 1_000;

/** Whether a hub answers at the address: what it can do is for everybody to read. */
export async function isHub(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return textAt(objectAt(parseObject(await answer.text()) ?? {}, "info"), "title") === "Rapport";
  } catch {
    return false;
  }
}

/**
 * What to do where a port is taken: another one that is likely free, and for a second hub a folder besides, which it would
 * be told of next.
 * @param setting the environment variable that chooses the port; its option has the same name
 */
export function takenAdvice(port: number, setting: string, byHub: boolean): string {
  const other = port + 100 < 65_536 ? port + 100 : port - 100;
  const option = `--${setting.toLowerCase().replace("_", "-")}`;
  const choose = `choose another port with ${setting}=${other} (or ${option} ${other})`;
  return byHub
    ? `port ${port} is taken by another hub: stop that one, or ${choose}, and a folder of its own with --state`
    : `port ${port} is taken by another program: stop that one, or ${choose}`;
}
