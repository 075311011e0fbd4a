import type { Settings } from "./constructs/definition.ts";
import type { Declared } from "./nag.ts";

interface Choosing {
  readonly settings: Settings;
  /** Where the stacks will be; undefined where the CDK command does not know. */
  readonly region: string | undefined;
  /** Hears what is left out, and why. */
  readonly tell: (sentence: string) => void;
}

/**
 * The functions that are deployed: all but the workers of channels that were not chosen, or that nothing carries in the
 * region. What a region does not have is left out rather than stopping a deploy half-way. Throws at a choice that means nothing.
 */
export const chosenFunctions = <One extends Declared>(
  all: readonly One[],
  { settings, region, tell }: Choosing,
): readonly One[] => {
  const channels = all.flatMap(({ definition }) => (definition.channel ? [definition.channel.name] : []));
  refuseUnknown("rapport:channels", settings.channels ?? [], channels);
  return all.filter(({ id, definition: { channel } }) => {
    if (channel === undefined) return true;
    if (settings.channels !== undefined && !settings.channels.includes(channel.name)) return false;
    if (region === undefined || channel.regions === undefined || channel.regions.includes(region))
      return true;
    tell(
      `${id} is left out: ${region} does not have what ${channel.name} needs. It is offered in ${channel.regions.join(", ")}; take ${channel.name} out of rapport:channels to say so yourself.`,
    );
    return false;
  });
};

/** Throws at a name that is none of those there are. */
export const refuseUnknown = (setting: string, chosen: readonly string[], known: readonly string[]): void => {
  for (const name of chosen) {
    if (known.includes(name)) continue;
    throw new Error(
      `context in cdk.json or --context: ${setting}: there is no ${name}, only ${known.join(", ")}`,
    );
  }
};
