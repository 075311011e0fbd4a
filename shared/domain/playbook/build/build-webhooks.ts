import { withoutAbsent } from "#kernel/json.ts";
import type { PlaybookDocument } from "../model/document.ts";
import type { PlaybookSources } from "../read/sources.ts";

/** The systems that are told of events; nothing where there is no such file. */
export const buildWebhooks = ({ webhooks }: PlaybookSources): Pick<PlaybookDocument, "webhooks"> =>
  webhooks === null
    ? {}
    : {
        webhooks: Object.entries(webhooks.value).map(([name, { url, account, identifiers, events }]) => ({
          name,
          url,
          account: account ?? name,
          identifiers: identifiers ?? [],
          events: events.map((event) =>
            withoutAbsent({ on: event.on, if: event.if, with: event.with ?? {} }),
          ),
        })),
      };
