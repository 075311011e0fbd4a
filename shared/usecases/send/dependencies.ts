import type { Render } from "#channels/definition/rendering.ts";
import type { LinkKeys } from "#domain/message/token.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Clock } from "#ports/clock.ts";
import type { ContactStore } from "#ports/contact-store.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { Inbox } from "#ports/inbox.ts";
import type { MessageStore } from "#ports/message-store.ts";
import type { SuppressionStore } from "#ports/suppression-store.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import type { Timers } from "#ports/timers.ts";
import type { Routing } from "./routing.ts";

/** Everything a channel's worker needs; the workers differ in `channel`, `render` and `routing` only. */
export type SendDependencies<M> = {
  readonly channel: string;
  readonly render: Render<M>;
  /** The senders that the live playbook chooses now. */
  readonly routing: Routing<M>;
  readonly messages: MessageStore;
  readonly customers: Pick<CustomerStore, "load">;
  readonly contacts: ContactStore;
  readonly suppressions: Pick<SuppressionStore, "find">;
  readonly timers: Pick<Timers, "set">;
  readonly inbox: Inbox;
  readonly bus: EventBus;
  /** The published version: whether a message may leave is asked of today's policy, not of the day it was decided. */
  readonly livePlaybook: () => Promise<PlaybookDocument>;
  /** A version of the playbook: what a message says is the version's that decided it. Throws when there is none. */
  readonly playbook: (version: string) => Promise<PlaybookDocument>;
  readonly publicUrl: string;
  readonly linkKeys: () => Promise<LinkKeys>;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};
