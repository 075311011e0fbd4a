import type { LinkKeys } from "#domain/message/token.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { MessageStore } from "#ports/message-store.ts";
import type { Inbox } from "#ports/queues.ts";
import type { HttpRequest } from "#runtime/http/http-request.ts";

/** What the links look at in a request. */
export type LinkCall = Pick<HttpRequest, "headers" | "bodyBytes"> & {
  readonly params: { readonly token: string };
};

export type LinkDependencies = {
  readonly messages: Pick<MessageStore, "get">;
  readonly customers: Pick<CustomerStore, "load" | "putConsent">;
  readonly inbox: Inbox;
  /** The published playbook. */
  readonly playbook: () => Promise<PlaybookDocument>;
  readonly linkKeys: LinkKeys;
  readonly publicUrl: string;
  readonly clock: Clock;
};
