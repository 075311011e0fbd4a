import type { LinkKeys } from "../../../shared/domain/message/token.ts";
import type { PlaybookDocument } from "../../../shared/domain/playbook/types.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import type { CustomerStore } from "../../../shared/ports/customer-store.ts";
import type { MessageStore } from "../../../shared/ports/message-store.ts";
import type { Inbox } from "../../../shared/ports/queues.ts";

export type LinkDependencies = {
  readonly messages: Pick<MessageStore, "get">;
  readonly customers: Pick<CustomerStore, "load" | "putConsent">;
  readonly inbox: Inbox;
  /** The published playbook. */
  readonly playbook: () => Promise<PlaybookDocument>;
  readonly keys: LinkKeys;
  readonly publicUrl: string;
  readonly clock: Clock;
};
