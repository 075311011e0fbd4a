import { channelsOf, channelsWith, nameOf, providersWith } from "./folders.ts";
import { type WrittenFile, writtenFile } from "./written-file.ts";

/* The channels, and who carries each: for all that must not know them by name. */

const channels = channelsWith("channel.ts");
const withAddresses = channels.filter((channel) => channelsWith("addresses.ts").includes(channel));

const imports = channels.map((channel) => {
  const addresses = `import { addresses as ${nameOf(channel, "addresses")} } from "./${channel}/addresses.ts";\n`;
  const definition = `import { channel as ${channel} } from "./${channel}/channel.ts";\n`;
  return (withAddresses.includes(channel) ? addresses : "") + definition;
});

const providersOf = (channel: string): readonly string[] =>
  providersWith("sender").filter((provider) => channelsOf(provider, "sender").includes(channel));

const rows = (named: readonly string[], value: (channel: string) => string): string =>
  named.map((channel) => `  ["${channel}", ${value(channel)}],\n`).join("");

const rendered = channels.filter((channel) => channelsWith("render.ts").includes(channel));

export const files: readonly WrittenFile[] = [
  writtenFile("shared/channels/all.renders.ts", {
    writer: "channels.table.ts",
    about: ["From the folders beside this file."],
    code: `import type { Render } from "./definition/rendering.ts";
${rendered.map((channel) => `import { render as ${channel} } from "./${channel}/render.ts";\n`).join("")}
/** For whoever shows messages of any channel; a sender takes the one of its own. */
export const RENDERS: ReadonlyMap<string, Render<object>> = new Map<string, Render<object>>([
${rows(rendered, (channel) => channel)}]);
`,
  }),
  writtenFile("shared/channels/all.ts", {
    writer: "channels.table.ts",
    about: ["From the folders beside this file and those of providers/."],
    code: `import type { ChannelAddresses } from "./definition/addresses.ts";
import type { Channel } from "./definition/definition.ts";
${imports.join("")}
export type ChannelName = ${channels.map((channel) => `"${channel}"`).join(" | ")};

export const CHANNELS: ReadonlyMap<string, Channel> = new Map([
${rows(channels, (channel) => channel)}]);

export const isChannel = (name: string): name is ChannelName => CHANNELS.has(name);

/** Of the channels that go to an address. */
export const ADDRESSES: ReadonlyMap<string, ChannelAddresses> = new Map([
${rows(withAddresses, (channel) => nameOf(channel, "addresses"))}]);

/** The providers that each channel can be sent by; none: it is not sent. */
export const PROVIDERS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
${rows(channels, (channel) => JSON.stringify(providersOf(channel)))}]);
`,
  }),
];
