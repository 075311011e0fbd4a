import type { Hub } from "../support/hub/client.ts";
import { lastRelease } from "./last-release.ts";

/** What the hub answers to each of these paths; status and body where that is no 200. */
export const getAll = async (
  hub: Hub,
  paths: readonly string[],
): Promise<Readonly<Record<string, unknown>>> => {
  const answers: Record<string, unknown> = {};
  for (const path of paths) {
    const { status, body } = await hub.call("GET", path);
    answers[path] = status === 200 ? body : { status, body };
  }
  return answers;
};

/** The same of one path. */
export const get = async (hub: Hub, path: string): Promise<unknown> => (await getAll(hub, [path]))[path];

/** Paths that the last release was asked, of one kind. */
export const pathsOf = (kind: RegExp): readonly string[] =>
  [...lastRelease.answers.keys()].filter((path) => kind.test(path));

/** The people that it knew, as `userId:...`. */
export const PEOPLE = pathsOf(/^\/v1\/profiles\/[^/]+$/).map((path) => path.split("/").at(-1) ?? "");

export type Models = {
  readonly model: string;
  readonly items: readonly { readonly action: string; readonly channel: string; readonly evidence: number }[];
};
