import { compilePlaybook } from "#domain/playbook/compile/compile.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Clock } from "#ports/clock.ts";
import type { PlaybookStore } from "#ports/playbook-store.ts";
import { type VersionCache, versionCache } from "./version-cache.ts";

export type PlaybookCache = VersionCache<CompiledPlaybook>;

/** Playbooks with every rule compiled, for those who decide. */
export const playbookCache = (
  store: Pick<PlaybookStore, "current" | "document">,
  clock: Clock,
): PlaybookCache => versionCache(store, clock, compilePlaybook);
