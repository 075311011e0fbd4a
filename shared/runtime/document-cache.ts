import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Clock } from "#ports/clock.ts";
import type { PlaybookStore, PlaybookVersions } from "#ports/playbook-store.ts";
import { versionCache } from "./version-cache.ts";

/** Playbooks as they were written, for those who send and show: no rule runs there, so no rules language is needed. */
export const documentCache = (
  store: Pick<PlaybookStore, "current" | "document">,
  clock: Clock,
): PlaybookVersions<PlaybookDocument> => versionCache(store, clock, (_version, document) => document);
