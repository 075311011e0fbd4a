import type { HttpApi } from "../http/messages.ts";

/** Counts what changes what people see: new code, and a playbook that is published. Pages look at it to load anew. */
export type Changes = {
  readonly count: () => number;
  readonly note: () => void;
  /** The same API, whose publications are counted. */
  readonly noticing: (api: HttpApi) => HttpApi;
};

export function createChanges(): Changes {
  let count = 0;
  const note = (): void => {
    count += 1;
  };
  return {
    count: () => count,
    note,
    noticing: (api) => async (request) => {
      const response = await api(request);
      const published = request.method === "POST" && /\/publish$/.test(request.url);
      if (published && response.status === 200) note();
      return response;
    },
  };
}
