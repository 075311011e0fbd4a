import { compilePlaybook } from "#domain/playbook/compile/compile.ts";
import type { Clock } from "#ports/clock.ts";
import type { CompiledVersions, PlaybookStore } from "#ports/playbook-store.ts";
import { versionCache } from "./version-cache.ts";

/** Playbooks with every rule compiled, for those who decide. */
export const playbookCache = (
  store: Pick<PlaybookStore, "current" | "document">,
  clock: Clock,
): CompiledVersions => versionCache(store, clock, compilePlaybook);
