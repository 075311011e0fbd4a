import type { LinkKeys } from "#domain/message/token.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { HttpRequest } from "#runtime/http/http-request.ts";
import type { ConfirmDependencies } from "#usecases/record/confirm-consent.ts";
import type { VisitDependencies } from "#usecases/record/record-visit.ts";
import type { UnsubscribeDependencies } from "#usecases/record/unsubscribe.ts";

/** What the links look at in a request. */
export type LinkCall = Pick<HttpRequest, "headers" | "bodyBytes"> & {
  readonly params: { readonly token: string };
};

export type LinkDependencies = VisitDependencies &
  UnsubscribeDependencies &
  ConfirmDependencies & {
    /** The published playbook. */
    readonly playbook: () => Promise<PlaybookDocument>;
    readonly linkKeys: () => Promise<LinkKeys>;
    readonly publicUrl: string;
  };
