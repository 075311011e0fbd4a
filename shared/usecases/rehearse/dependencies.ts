import type { Render } from "#channels/definition/rendering.ts";
import type { DataKey } from "#domain/decision-log/sealed-record.ts";
import type { ConfirmationStore } from "#ports/confirmation-store.ts";
import type { ContactStore } from "#ports/contact-store.ts";
import type { ConversationStore } from "#ports/conversation-store.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { DataKeys } from "#ports/decision-log.ts";
import type { DecisionStore, HeldOffers } from "#ports/decision-store.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import type { MessageStore } from "#ports/message-store.ts";
import type { Originals } from "#ports/originals.ts";
import type { ReceivedMessages } from "#ports/received-messages.ts";
import type { RunStore } from "#ports/run-store.ts";
import type { SuppressionStore } from "#ports/suppression-store.ts";

/** Where a rehearsal keeps what it plays: stores that nobody else has, empty at first. */
export type RehearsalStores = {
  readonly customers: CustomerStore;
  readonly history: HistoryStore;
  readonly decisions: DecisionStore & HeldOffers;
  readonly messages: MessageStore;
  readonly contacts: ContactStore;
  readonly suppressions: SuppressionStore;
  readonly confirmations: ConfirmationStore;
  readonly dataKeys: DataKeys;
  readonly runs: RunStore;
  readonly conversations: ConversationStore;
  readonly received: ReceivedMessages;
  readonly originals: Originals;
};

/** What rehearsals are given beside a playbook. */
export type RehearsalDependencies = {
  /** New ones for each test. */
  readonly stores: () => RehearsalStores;
  /** The channels' renderings by name. */
  readonly renders: ReadonlyMap<string, Render<object>>;
  readonly dataKey: DataKey;
};
