import { answered, Published, Uploaded } from "./answers.ts";
import { need, type Step } from "./steps.ts";

/** What a stage needs before a story can be played in it. */
export const PREPARING: readonly Step[] = [
  {
    name: "deploy",
    claim: "One command deploys a stage from nothing",
    does: "`cdk deploy --all` into a stage of its own",
    leftOut: ({ account }) =>
      account.deploy === undefined ? "nothing is deployed on one machine" : undefined,
    run: async ({ account }) => ({ seen: `${(await account.deploy?.()) ?? 0} stacks are complete` }),
  },
  {
    name: "key",
    claim: "A key is made from a terminal, and only its hash is kept",
    does: "puts a secret key with all scopes into the stage's table, and asks with it",
    run: async ({ account, until }) => {
      const hub = await account.openHub();
      await until("the API to take the key", async () => {
        const { status } = await hub.call("GET", "/v1/playbooks");
        return status === 200 ? status : undefined;
      });
      return { seen: "the hub answers 200 to it", found: { hub } };
    },
  },
  {
    name: "playbook",
    claim: "A playbook is data: checked, kept and published with no deploy",
    does: "`POST /v1/playbooks`, then `publish`",
    run: async ({ files }, found) => {
      const hub = need(found, "hub");
      const { version } = answered(201, Uploaded, await hub.call("POST", "/v1/playbooks", { files }));
      const { previous } = answered(
        200,
        Published,
        await hub.call("POST", `/v1/playbooks/${version}/publish`),
      );
      return { seen: `${version} is live`, found: { hub, version, previous } };
    },
  },
  {
    name: "doctor",
    claim: "The doctor says what an account still lacks",
    does: "`rapport doctor`",
    run: async ({ account }) => {
      const { fine, lines } = await account.doctor();
      const unanswered = lines.filter((line) => line.startsWith("?")).length;
      const told = lines.filter((line) => !/^(ok|\?) /.test(line)).join("; ");
      const seen = unanswered === 0 ? told : `${told}; ${unanswered} questions have no answer there`;
      if (!fine) throw new Error(seen);
      return { seen };
    },
  },
];
