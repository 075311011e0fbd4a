import type { Calls } from "#client/api.generated.ts";
import { RapportProblem } from "#client/problem.ts";
import { call } from "#console/data/api.ts";
import { endSession } from "#console/data/session.ts";
import { type Merge, merged, type OpenFile, received, settled, toSave, withFile } from "./open-files.ts";

export type Draft = Calls["GET /v1/drafts/{id}"]["answer"];
type DraftFiles = Calls["GET /v1/drafts/{id}/files"]["answer"]["files"];

/** `lost`: the hub could not be reached or knows nobody any more; what was typed is here, and is tried again. */
export type Saving = "saved" | "waiting" | "saving" | "lost" | "refused";

export type Editing = {
  readonly files: ReadonlyMap<string, OpenFile>;
  readonly saving: Saving;
  /** What the hub said where it refused. */
  readonly refusal: unknown;
};

const PAUSE_MS = 700;
const AGAIN_MS = [2_000, 5_000, 15_000] as const;

/** What the console holds of a draft. It outlives the pages that show it: nothing typed goes with them. */
export type DraftEditor = {
  readonly current: () => Editing;
  readonly listen: (listener: () => void) => () => void;
  readonly receive: (files: DraftFiles) => void;
  readonly write: (path: string, text: string | null) => void;
  /** Says what a file is to be that both changed. */
  readonly settle: (path: string, text: string | null) => void;
  /** Saves at once; true where everything is. */
  readonly flush: () => Promise<boolean>;
};

type Told = { readonly onSaved: (draft: Draft) => void; readonly onMerged: (merge: Merge) => void };

const mergesIn = (problem: unknown): readonly Merge[] =>
  problem instanceof RapportProblem && problem.code === "draft_moved"
    ? ((problem.problem as { merges?: readonly Merge[] }).merges ?? [])
    : [];

/** Whether the same save may succeed later, without anybody writing anything else. */
const mayPass = (problem: unknown): boolean =>
  !(problem instanceof RapportProblem) ||
  problem.status === 0 ||
  problem.status === 401 ||
  problem.status >= 500;

/** What is shown, and who is told when it changes. */
const newState = () => {
  let state: Editing = { files: new Map(), saving: "saved", refusal: null };
  const listeners = new Set<() => void>();
  return {
    current: () => state,
    listen: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    show: (next: Partial<Editing>): void => {
      state = { ...state, ...next };
      for (const listener of listeners) listener();
    },
  };
};
type State = ReturnType<typeof newState>;

/** Saves what is to be saved, one save at a time: the second begins with the revisions that the first gave. */
const newSaver = (draftId: string, { current, show }: State, told: Told) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | null = null;
  let failures = 0;
  const later = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), ms);
  };
  const fail = (problem: unknown): boolean => {
    const merges = mergesIn(problem);
    for (const merge of merges) {
      show({ files: merged(current().files, merge) });
      if (merge.conflicts.length === 0) told.onMerged(merge);
    }
    if (problem instanceof RapportProblem && problem.status === 401) endSession();
    const isLost = mayPass(problem);
    if (merges.length > 0) later(PAUSE_MS);
    else if (isLost) later(AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)] ?? PAUSE_MS);
    failures += 1;
    const saving = merges.length > 0 ? "waiting" : isLost ? "lost" : "refused";
    show({ saving, refusal: problem });
    return false;
  };
  const saveAll = async (): Promise<boolean> => {
    for (let files = toSave(current().files); files.length > 0; files = toSave(current().files)) {
      show({ saving: "saving" });
      try {
        const draft = await call("PUT /v1/drafts/{id}", { path: { id: draftId }, body: { files } });
        const revisions = new Map(draft.files.map(({ path, revision }) => [path, revision]));
        for (const { path, text } of files) {
          const saved = { saved: text, revision: revisions.get(path) ?? null };
          show({ files: withFile(current().files, path, saved) });
        }
        failures = 0;
        told.onSaved(draft);
      } catch (problem) {
        return fail(problem);
      }
    }
    const isOpen = [...current().files.values()].some(({ merge }) => merge !== undefined);
    show({ saving: isOpen ? "waiting" : "saved", refusal: null });
    return !isOpen;
  };
  const save = (): Promise<boolean> => {
    clearTimeout(timer);
    running ??= saveAll().finally(() => {
      running = null;
    });
    return running;
  };
  return { later, save };
};

/** Makes the editor of one draft. */
export const newEditor = (draftId: string, told: Told): DraftEditor => {
  const state = newState();
  const { current, listen, show } = state;
  const { later, save } = newSaver(draftId, state, told);
  return {
    current,
    listen,
    receive: (files) => show({ files: received(current().files, files) }),
    write: (path, text) => {
      if (current().files.get(path)?.text === text) return;
      show({ files: withFile(current().files, path, { text }), saving: "waiting" });
      later(PAUSE_MS);
    },
    settle: (path, text) => {
      show({ files: settled(current().files, path, text), saving: "waiting" });
      later(0);
    },
    flush: async () => (await save()) && toSave(current().files).length === 0,
  };
};
