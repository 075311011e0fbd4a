import type { FixtureHub } from "./hub.ts";
import type { Snapshot } from "./snapshot.ts";

const PEOPLE = [
  "kim",
  "sam",
  "ada",
  "bea",
  "bo",
  "lee",
  "max",
  "una",
  "rob",
  "sue",
  "pia",
  "ursula",
  "tom",
  "cleo",
  "dan",
];

/** What the release itself says about what it keeps, by the path that was asked. */
export type Answers = Readonly<Record<string, unknown>>;

const idsIn = (items: Snapshot["tables"][string] | undefined, beginning: string): readonly string[] => [
  ...new Set((items ?? []).map(({ pk }) => pk?.S ?? "").filter((pk) => pk.startsWith(beginning))),
];

/** Everything that can be read through the public API, before another release has touched it. */
export const readAnswers = async (hub: FixtureHub, { tables }: Snapshot): Promise<Answers> => {
  const simulations = idsIn(tables.playbooks, "sim_");
  const paths = [
    ...PEOPLE.flatMap((userId) => [
      `/v1/profiles/userId:${userId}`,
      `/v1/profiles/userId:${userId}/timeline?limit=100`,
    ]),
    ...idsIn(tables.history, "dec_").map((id) => `/v1/decisions/${id}`),
    ...idsIn(tables.history, "msg_").map((id) => `/v1/messages/${id}`),
    ...simulations.map((id) => `/v1/simulations/${id}`),
    "/v1/playbooks",
    "/v1/playbooks/current",
    "/v1/models",
    "/v1/experiments",
  ];
  const answers: Record<string, unknown> = {};
  for (const path of paths) answers[path] = await hub.api("GET", path);
  return answers;
};
