import type { RenderMjml } from "#domain/playbook/read/sources.ts";
import type { Clock, Ids } from "#ports/clock.ts";
import type { DraftStore } from "#ports/draft-store.ts";
import type { PlaybookStore } from "#ports/playbook-store.ts";
import type { RunEditing } from "#ports/run-store.ts";
import type { Confirming } from "../publish/confirmed.ts";
import type { FailedTests } from "./keep-playbook.ts";

/** What changing and publishing drafts needs. */
export type DraftDependencies = {
  readonly drafts: DraftStore;
  readonly playbooks: PlaybookStore;
  /** Hears of what goes live, so that those inside of journeys look anew. */
  readonly edits: RunEditing;
  readonly confirming: Confirming;
  readonly renderMjml: RenderMjml;
  readonly failedTests: FailedTests;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** Now, as it is kept. */
export const isoNow = (clock: Clock): string => new Date(clock.now()).toISOString();
