import { toldZone } from "../calendar/told-zone.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { CustomerState } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";

type Zoned = Pick<CustomerState, "deviceZone">;

/** The later one, on a tie the greater name: the same whatever order events arrive in. */
export const mergeDeviceZone = (a: Zoned, b: Zoned): Zoned => {
  if (a.deviceZone === undefined || b.deviceZone === undefined) {
    const deviceZone = a.deviceZone ?? b.deviceZone;
    return deviceZone === undefined ? {} : { deviceZone };
  }
  const place = ({ at, name }: NonNullable<Zoned["deviceZone"]>): string => `${at}#${name}`;
  return { deviceZone: place(a.deviceZone) >= place(b.deviceZone) ? a.deviceZone : b.deviceZone };
};

/** With the zone that an event's `context.timezone` names. */
export const noteDeviceZone = (
  state: Zoned,
  event: CollectedEvent,
  { document }: CompiledPlaybook,
): Zoned => {
  const told = event.context?.timezone;
  if (typeof told !== "string") return {};
  const name = toldZone(told, Date.parse(event.at), document.brand.timeZone);
  return name === null ? {} : mergeDeviceZone(state, { deviceZone: { name, at: event.at } });
};
