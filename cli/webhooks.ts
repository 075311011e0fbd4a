import { type HubOptions, hubClient } from "./hub.ts";
import { counted, type Terminal } from "./terminal.ts";

/** `rapport webhooks list`: the systems that are told of events, and how they answer. */
export const listWebhooks = async (options: HubOptions, { out, ...terminal }: Terminal): Promise<number> => {
  const { items } = await hubClient(options, { out, ...terminal })("GET /v1/webhooks", {});
  for (const { name, url, events, state, failures, failingSince, reason, dead, moreDead } of items) {
    out(`${name}  ${state}  ${url}`);
    out(`  told of ${events.join(", ")}`);
    if (failures > 0)
      out(`  ${counted(failures, "failure")} in a row since ${failingSince ?? "?"}: ${reason ?? "?"}`);
    if (state === "disabled")
      out(`  told nothing any more. Once it is mended: rapport webhooks test ${name}`);
    if (dead > 0) out(`  ${dead}${moreDead ? " and more" : ""} not told: rapport webhooks replay ${name}`);
  }
  out(counted(items.length, "system"));
  return 0;
};

/** `rapport webhooks test <name>`: a call about nobody. Fails where the system does not take it. */
export const testWebhook = async (name: string, options: HubOptions, terminal: Terminal): Promise<number> => {
  const tried = await hubClient(options, terminal)("POST /v1/webhooks/{name}/test", { path: { name } });
  const { taken, status, reason, tookMs } = tried;
  if (taken) terminal.out(`${name} took it in ${tookMs} ms, with ${status}`);
  else terminal.error(`${name} did not take it: ${reason}`);
  return taken ? 0 : 1;
};

/** `rapport webhooks replay <name>`: everything that could not be told is told again. */
export const replayWebhook = async (
  name: string,
  options: HubOptions,
  terminal: Terminal,
): Promise<number> => {
  const call = hubClient(options, terminal);
  for (let total = 0; ; ) {
    const { replayed, isMore } = await call("POST /v1/webhooks/{name}/replay", { path: { name } });
    total += replayed;
    if (isMore && replayed > 0) continue;
    terminal.out(`${counted(total, "event")} on their way to ${name} again`);
    return 0;
  }
};
