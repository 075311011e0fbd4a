import type { FeelContext } from "#feel/index.ts";
import { hashId } from "#kernel/hash.ts";
import type { CustomerState } from "../records/customer.ts";
import type { Applying, TriggeringEvent } from "./trigger/triggers.ts";

type Membership = {
  readonly segments: CustomerState["segments"];
  /** `segment.entered` and `segment.exited`, caused by the event. */
  readonly changes: readonly TriggeringEvent[];
};

/** Compares the segments a customer is in now with those kept. Segments no longer declared are forgotten silently. */
export const updateSegments = (
  kept: CustomerState["segments"],
  customer: () => FeelContext,
  cause: TriggeringEvent,
  { playbook, now: nowMs }: Applying,
): Membership => {
  if (playbook.segments.length === 0 && Object.keys(kept).length === 0)
    return { segments: kept, changes: [] };
  const now = new Date(nowMs).toISOString();
  const changes: TriggeringEvent[] = [];
  const segments: [string, string][] = [];
  for (const { name } of playbook.segments) {
    const since = Object.hasOwn(kept, name) ? kept[name] : undefined;
    const isIn = customer()[name] === true;
    if (isIn) segments.push([name, since ?? now]);
    if (isIn === (since !== undefined)) continue;
    const change = isIn ? "segment.entered" : "segment.exited";
    changes.push({
      id: hashId("evt", cause.id, change, name),
      name: change,
      at: cause.at,
      properties: { segment: name },
      imported: cause.imported,
      depth: cause.depth + 1,
    });
  }
  return { segments: Object.fromEntries(segments), changes };
};
