import { endOfQuietIn, type QuietWindow } from "../../../contact-policy/quiet-hours.ts";
import { placeName, type Whereabouts, whereaboutsOf } from "../../../contact-policy/whereabouts.ts";
import type { Region } from "../../../playbook/model/contact-policy.ts";
import type { PreparedChannel } from "../../input/candidate.ts";
import type { DecideInput } from "../../input/input.ts";

/** Local time of a customer, by which their quiet hours are read. */
export type Clocks = {
  /** Time zones and regions in words, for reasons. */
  readonly place: string;
  /** The customer's time zone; undefined where several are possible. */
  readonly zone: string | undefined;
  /** The first moment from `at` on that is not quiet on the channel (milliseconds since the epoch); null: there is none. */
  readonly endOfQuietTime: (channel: PreparedChannel, at: number) => number | null;
};

const givenPlace = (
  { zones, regions: names }: NonNullable<DecideInput["whereabouts"]>,
  regions: readonly Region[] = [],
): Whereabouts => ({ zones, regions: regions.filter(({ name }) => names.includes(name)) });

/** The place is looked up when it is first asked for: most decisions meet no quiet hours. */
export const clocksFor = (input: DecideInput): Clocks => {
  let found: Whereabouts | undefined;
  const whereabouts = (): Whereabouts => {
    const { record, context, playbook } = input;
    const { brand, contactPolicy } = playbook.document;
    const { regions } = contactPolicy;
    found ??=
      input.whereabouts === undefined
        ? whereaboutsOf({ record, regions, ...(context && { context }) }, brand.timeZone)
        : givenPlace(input.whereabouts, regions);
    return found;
  };

  const quietOn = (channel: PreparedChannel): readonly QuietWindow[] => {
    if (channel.regionQuiet.size === 0) return channel.quiet;
    const local = whereabouts().regions.flatMap(({ name }) => channel.regionQuiet.get(name) ?? []);
    return local.length === 0 ? channel.quiet : [...channel.quiet, ...local];
  };

  return {
    get place() {
      return placeName(whereabouts());
    },
    get zone() {
      const { zones } = whereabouts();
      return zones.length === 1 ? zones[0] : undefined;
    },
    endOfQuietTime: (channel, at) => {
      const quiet = quietOn(channel);
      return quiet.length === 0 ? at : endOfQuietIn(quiet, whereabouts().zones, at);
    },
  };
};
