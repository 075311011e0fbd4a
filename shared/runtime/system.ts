import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { DataKey } from "#domain/decision-log/sealed-record.ts";
import type { Pause } from "#kernel/retry.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import { systemClock, systemIds } from "./clock.ts";
import { log } from "./log.ts";
import { count } from "./metrics.ts";

const sleep = (ms: number): Promise<void> => setTimeout(ms);
const pause: Pause = (longestMs) => sleep(Math.random() * longestMs);
const telemetry: Telemetry = { log, count };
const newDataKey = (): DataKey => randomBytes(32);

/** What use cases are given beside their stores: time and chance, and what operators see of the work. */
export const system = { clock: systemClock, ids: systemIds, newDataKey, pause, sleep, telemetry };
