import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Preview } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";

const ASK_AGAIN_MS = 700;
/** A walk that others are before waits its turn. */
const UNDER_WAY: readonly Preview["status"][] = ["queued", "running", "paused"];

export const isUnderWay = (preview: Preview | undefined): boolean =>
  preview !== undefined && UNDER_WAY.includes(preview.status);

export type VersionPreview = {
  readonly start: () => void;
  /** Forgets what was seen: it no longer speaks for what is to be published. */
  readonly forget: () => void;
  readonly isRunning: boolean;
  /** Why it could not be asked for, or looked at. */
  readonly error: Error | null;
  /** How far it is, and what it has found. */
  readonly found: Preview | undefined;
};

/**
 * What a draft or version would do with people who are on their way. What was seen last is the same wherever it is shown, as
 * long as the page is open.
 * @param keep gives the version that is looked at
 */
export const useVersionPreview = (subject: string, keep: () => Promise<string>): VersionPreview => {
  const queries = useQueryClient();
  const queryKey = ["preview", subject];
  const asked = useQuery<string | null>({
    queryKey,
    queryFn: skipToken,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const start = useMutation({
    mutationKey: queryKey,
    mutationFn: async () => call("POST /v1/playbooks/{version}/preview", { path: { version: await keep() } }),
    onSuccess: ({ previewId }) => queries.setQueryData<string | null>(queryKey, previewId),
  });
  const id = asked.data ?? null;
  const preview = useQuery({
    queryKey: ["GET /v1/previews/{id}", id],
    queryFn: id === null ? skipToken : () => call("GET /v1/previews/{id}", { path: { id } }),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? ASK_AGAIN_MS : false),
  });
  return {
    start: () => start.mutate(),
    forget: () => queries.setQueryData<string | null>(queryKey, null),
    isRunning: start.isPending || isUnderWay(preview.data),
    error: start.error ?? preview.error,
    found: id === null ? undefined : preview.data,
  };
};
