import { expectStatus } from "./answers.ts";
import { PREPARING } from "./preparing.ts";
import { need, type Step } from "./steps.ts";
import { TROUBLES } from "./troubles.ts";
import { WAY_OF_ONE } from "./way-of-one.ts";

/** The story, in the order in which it is told. */
export const STORY: readonly Step[] = [...PREPARING, ...WAY_OF_ONE, ...TROUBLES];

/** What follows however the story ended. */
export const TAKING_AWAY: readonly Step[] = [
  {
    name: "put back",
    claim: "Nothing stays changed where a hub was there before",
    does: "publishes the playbook that was live before, and revokes the key",
    leftOut: ({ account }) => (account.destroy === undefined ? undefined : "the whole stage is taken away"),
    run: async ({ account }, found) => {
      const { hub, previous, version } = found;
      const back = previous !== undefined && previous !== null && previous !== version;
      if (back) expectStatus(200, await need(found, "hub").call("POST", `/v1/playbooks/${previous}/publish`));
      if (hub !== undefined) await account.revokeKey();
      return {
        seen: `${back ? "the playbook of before is live, " : ""}the key is revoked; two made-up customers stay`,
      };
    },
  },
  {
    name: "destroy",
    claim: "A stage that is taken away leaves nothing behind",
    does: "`cdk destroy --all`, then asks for stacks of the stage",
    leftOut: ({ account }) => (account.destroy === undefined ? "nothing was deployed" : undefined),
    run: async ({ account }) => {
      const left = (await account.destroy?.()) ?? [];
      if (left.length > 0) throw new Error(`these stacks are left: ${left.join(", ")}`);
      return { seen: "no stack is left; the data key waits to be deleted, which costs nothing" };
    },
  },
];
