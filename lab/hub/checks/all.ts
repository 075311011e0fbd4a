import { appliedOnce } from "./applied.ts";
import { askedOnceADay } from "./asked.ts";
import { withinBounds } from "./bounds.ts";
import { consentIsHeeded } from "./consent.ts";
import { inOneThread } from "./conversations.ts";
import { countedOnce, learntOnce } from "./counted.ts";
import { stepsAreTakenOnce } from "./journeys.ts";
import { addressesAreSpared, decidedAndLogged, endsInTime, nothingWaits, sentOnce } from "./messages.ts";
import { quietHoursOfToday, withinCaps } from "./policy.ts";
import { reportedOnce } from "./reported.ts";
import { everybodyIsAskedOnce } from "./sends.ts";
import { triggersAreAnswered } from "./triggers.ts";
import type { Check } from "./watcher.ts";

/** Everything that a run is held to. */
export const CHECKS: readonly Check[] = [
  appliedOnce,
  nothingWaits,
  sentOnce,
  endsInTime,
  addressesAreSpared,
  decidedAndLogged,
  triggersAreAnswered,
  stepsAreTakenOnce,
  withinCaps,
  consentIsHeeded,
  askedOnceADay,
  quietHoursOfToday,
  withinBounds,
  learntOnce,
  countedOnce,
  reportedOnce,
  inOneThread,
  everybodyIsAskedOnce,
];
