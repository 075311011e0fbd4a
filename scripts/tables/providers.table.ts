import { channelsOf, channelsWith, nameOf, providersWith } from "./folders.ts";
import { type WrittenFile, writtenFile } from "./written-file.ts";

/*
 * The providers, a table for each face. Senders and resources are read by the worker of one channel: each channel has an
 * export of its own, so that a bundler leaves out what carries the others.
 */

const written = (table: string, about: string, code: string): WrittenFile =>
  writtenFile(`providers/all.${table}.ts`, { writer: "providers.table.ts", about: [about], code });

/** By channel, then by provider. */
const byChannel = (table: string, face: string, about: string): WrittenFile => {
  const providers = providersWith(face);
  const imports = providers.map((provider) => {
    const names = channelsOf(provider, face).map((channel) => `${channel} as ${nameOf(provider, channel)}`);
    return `import { ${names.join(", ")} } from "./${provider}/${face}.ts";\n`;
  });
  const exports = channelsWith("channel.ts").map((channel) => {
    const rows = providers
      .filter((provider) => channelsOf(provider, face).includes(channel))
      .map((provider) => `  "${provider}": ${nameOf(provider, channel)},\n`);
    return `export const ${channel} = {${rows.length === 0 ? "" : `\n${rows.join("")}`}};\n`;
  });
  return written(table, about, `${imports.join("")}\n${exports.join("")}`);
};

/** By provider; no table where none has the face. */
const byProvider = (face: string, type: string, from: string, about: string): readonly WrittenFile[] => {
  const providers = providersWith(face);
  if (providers.length === 0) return [];
  const imports = providers.map(
    (provider) => `import { ${face} as ${nameOf(provider)} } from "./${provider}/${face}.ts";\n`,
  );
  const rows = providers.map((provider) => `  ["${provider}", ${nameOf(provider)}],\n`);
  return [
    written(
      face,
      about,
      `import type { ${type} } from "${from}";
${imports.join("")}
export const ${face.toUpperCase()}: ReadonlyMap<string, ${type}> = new Map([
${rows.join("")}]);
`,
    ),
  ];
};

export const files: readonly WrittenFile[] = [
  byChannel("senders", "sender", "Who sends: what the workers of functions/send call."),
  byChannel(
    "resources",
    "resources",
    "What each provider needs in AWS, in the stack of its channel's worker.",
  ),
  ...byProvider("reports", "ProviderReports", "#ports/provider.ts", "Who reads the events of each provider."),
  ...byProvider(
    "inbound",
    "ProviderInbound",
    "#ports/provider.ts",
    "Who reads what customers write, by provider.",
  ),
  ...byProvider("outlet", "EventOutlet", "#ports/event-outlet.ts", "Who tells systems outside of events."),
  ...byProvider(
    "checkup",
    "ProviderCheckup",
    "#ports/checkup.ts",
    "Who asks each provider what is still missing, for `rapport doctor`.",
  ),
  ...byProvider(
    "local",
    "ProviderLocal",
    "#infra/local/door/provider-local.ts",
    "How the local cloud plays each provider.",
  ),
];
