import { queryOptions } from "@tanstack/react-query";
import { asking } from "./api.ts";

/** What may be said where, by the live playbook. */
export const playbookQuery = () =>
  queryOptions({
    ...asking("GET /v1/playbooks/{version}", { path: { version: "current" } }),
    staleTime: 60_000,
  });
