import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { Calls } from "#client/api.generated.ts";
import { asking, call } from "#console/data/api.ts";
import { toast } from "#console/ui/toast.tsx";
import { type DraftEditor, type Editing, newEditor } from "./editing.ts";

export type Finding = Calls["POST /v1/drafts/{id}/check"]["answer"]["errors"][number];
export type DraftSummary = Calls["GET /v1/drafts"]["answer"]["items"][number];
export type Simulated = Calls["GET /v1/simulations/{id}"]["answer"];

export const draftsQuery = () => queryOptions(asking("GET /v1/drafts", { query: { limit: 100 } }));
export const versionsQuery = () => queryOptions(asking("GET /v1/playbooks", { query: { limit: 20 } }));
export const draftQuery = (id: string) => queryOptions(asking("GET /v1/drafts/{id}", { path: { id } }));
export const versionQuery = (version: string) =>
  queryOptions(asking("GET /v1/playbooks/{version}", { path: { version } }));
export const filesQuery = (id: string) => queryOptions(asking("GET /v1/drafts/{id}/files", { path: { id } }));
export const sinceQuery = (id: string) => queryOptions(asking("GET /v1/drafts/{id}/live", { path: { id } }));

const editors = new Map<string, DraftEditor>();

/** The editor of a draft, and how it stands. Whoever leaves the page finds everything as it was. */
export const useEditor = (
  draftId: string,
  merged: (path: string, by: string | null) => string,
): { readonly editor: DraftEditor; readonly editing: Editing } => {
  const queries = useQueryClient();
  let editor = editors.get(draftId);
  if (editor === undefined) {
    editor = newEditor(draftId, {
      onSaved: (draft) => queries.setQueryData(draftQuery(draftId).queryKey, draft),
      onMerged: ({ path, changedBy }) => toast(merged(path, changedBy)),
    });
    editors.set(draftId, editor);
  }
  const made = editor;
  const editing = useSyncExternalStore(made.listen, made.current);
  const files = useQuery(filesQuery(draftId));
  const { data } = files;
  useEffect(() => {
    if (data !== undefined) made.receive(data.files);
  }, [data, made]);
  useEffect(() => {
    // The browser asks before it throws away what no hub has yet.
    const warn = (event: BeforeUnloadEvent): void => {
      if (made.current().saving !== "saved") event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [made]);
  return { editor: made, editing };
};

/** Lets go of a draft that is no more. */
export const forgetEditor = (draftId: string): void => void editors.delete(draftId);

/** What is wrong with a draft as it is saved. Asked again after each save. */
export const checkQuery = (draftId: string, savedAt: string) =>
  queryOptions({
    queryKey: ["POST /v1/drafts/{id}/check", draftId, savedAt],
    queryFn: () => call("POST /v1/drafts/{id}/check", { path: { id: draftId }, body: {} }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before: Calls["POST /v1/drafts/{id}/check"]["answer"] | undefined) => before,
  });
