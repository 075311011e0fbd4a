import { CHANNELS } from "#channels/all.ts";
import type { Draft, Report } from "../read/sources.ts";

/** Channels that send, and that the hub has no worker for: what is decided for them waits there, and never leaves. */
export const checkDeployed = ({ sources }: Draft, deployed: readonly string[], report: Report): void => {
  const { file, value } = sources.playbook;
  for (const [channel, { provider, routes }] of Object.entries(value.channels)) {
    if ((provider ?? routes) === undefined || !CHANNELS.has(channel) || deployed.includes(channel)) continue;
    const message = `${channel} is not deployed: its messages are decided, and never leave`;
    const expected = "its name in rapport:channels of cdk.json, or in RAPPORT_CHANNELS for npm start";
    report.warning(file.at(["channels", channel]), "not-deployed", message, expected);
  }
};
