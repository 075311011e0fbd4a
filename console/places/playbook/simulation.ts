import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "#console/data/api.ts";
import type { Simulated } from "./data.ts";
import type { DraftEditor } from "./editing.ts";
import { isVersion } from "./files.ts";

const ASK_AGAIN_MS = 700;

/** A simulation that was asked for on this page, and the files as they were tried. */
type Asked = { readonly simulationId: string; readonly texts: ReadonlyMap<string, string> };

export type Simulation = {
  readonly start: () => void;
  readonly isRunning: boolean;
  /** Why it could not be asked for. */
  readonly error: Error | null;
  /** How far it is, and what it has found. */
  readonly found: Simulated | undefined;
  /** The files as they were tried. */
  readonly texts: ReadonlyMap<string, string>;
};

const NO_TEXTS: Asked["texts"] = new Map();

/** What is tried: a version, or a draft as it is saved now. */
export const versionToTry = async (subject: string, editor: DraftEditor): Promise<string> => {
  if (isVersion(subject)) return subject;
  await editor.flush();
  return (await call("POST /v1/drafts/{id}/keep", { path: { id: subject } })).version;
};

/**
 * The last simulation of a draft or version. It is the same wherever it is shown, and waits for whoever comes back as long as
 * the page is open.
 */
export const useSimulation = (subject: string, editor: DraftEditor): Simulation => {
  const queries = useQueryClient();
  const queryKey = ["simulation", subject];
  const asked = useQuery<Asked>({ queryKey, queryFn: skipToken, gcTime: Number.POSITIVE_INFINITY });
  const start = useMutation({
    mutationKey: queryKey,
    mutationFn: async (): Promise<Asked> => {
      const version = await versionToTry(subject, editor);
      const texts = [...editor.current().files].flatMap(([path, { saved }]): [string, string][] =>
        saved === null ? [] : [[path, saved]],
      );
      const { simulationId } = await call("POST /v1/playbooks/{version}/simulate", {
        path: { version },
        body: {},
      });
      return { simulationId, texts: new Map(texts) };
    },
    onSuccess: (made) => queries.setQueryData<Asked>(queryKey, made),
  });
  const id = asked.data?.simulationId;
  const simulation = useQuery({
    queryKey: ["GET /v1/simulations/{id}", id],
    queryFn: id === undefined ? skipToken : () => call("GET /v1/simulations/{id}", { path: { id } }),
    refetchInterval: ({ state }) => (state.data?.status === "running" ? ASK_AGAIN_MS : false),
  });
  return {
    start: () => start.mutate(),
    isRunning: start.isPending || simulation.data?.status === "running",
    error: start.error ?? simulation.error,
    found: simulation.data,
    texts: asked.data?.texts ?? NO_TEXTS,
  };
};
