import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

const foldersWith = (room: string, file: string): readonly string[] =>
  readdirSync(join(ROOT, room))
    .filter((name) => existsSync(join(ROOT, room, name, file)))
    .sort();

/** The channels whose folder has this file, by name. */
export const channelsWith = (file: string): readonly string[] => foldersWith("shared/channels", file);

/** The providers whose folder has this face, by name. */
export const providersWith = (face: string): readonly string[] => foldersWith("providers", `${face}.ts`);

/** The channels that a face of a provider is for: it exports something by the name of each. */
export const channelsOf = (provider: string, face: string): readonly string[] => {
  const text = readFileSync(join(ROOT, "providers", provider, `${face}.ts`), "utf8");
  const exported = [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
  return channelsWith("channel.ts").filter((channel) => exported.includes(channel));
};

/** `a-provider`, `channel` -> `aProviderChannel`. */
export const nameOf = (...words: readonly string[]): string =>
  words.join("-").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
