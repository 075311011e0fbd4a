import type { Account, DeployedStack, LivePlaybook } from "#ports/account.ts";
import { type Finding, judged } from "#ports/checkup.ts";

/** Findings about one part of a hub. */
export type Part = { readonly part: string; readonly findings: readonly Finding[] };

/** What was found of the hub itself, and the playbook that says which channels to look at. */
export type Examined = { readonly parts: readonly Part[]; readonly live: LivePlaybook | undefined };

const CORE = ["data", "bus", "api", "observe"];
const SECRETS = ["identifier-key", "link-key", "identity-key"];

const stageOption = (stage: string): string => (stage === "prod" ? "" : ` -c rapport:stage=${stage}`);

const isWhole = ({ status }: DeployedStack): boolean =>
  status.endsWith("_COMPLETE") && !status.startsWith("ROLLBACK") && !status.startsWith("DELETE");

const ofStacks = (stage: string, stacks: readonly DeployedStack[]): readonly Finding[] => {
  const mend = `npm run deploy --${stageOption(stage)}`.replace(/ --$/, "");
  const missing = CORE.filter((id) => !stacks.some((stack) => stack.id === id));
  if (missing.length > 0)
    return [{ verdict: "missing", says: `The stage "${stage}" has no stack ${missing.join(", ")}.`, mend }];
  const broken = stacks.filter((stack) => !isWhole(stack));
  return broken.length === 0
    ? [{ verdict: "fine", says: `${stacks.length} stacks are deployed.` }]
    : broken.map(({ id, status }) => ({
        verdict: "missing",
        says: `The stack ${id} is ${status}.`,
        mend: `aws cloudformation describe-stack-events --stack-name rapport-${stage}-${id}`,
      }));
};

/** Channels whose messages nobody would take. */
const ofSenders = (
  stage: string,
  stacks: readonly DeployedStack[],
  live: LivePlaybook | undefined,
): readonly Finding[] =>
  Object.keys(live?.providers ?? {})
    .filter((channel) => !stacks.some(({ id }) => id === `send-${channel}`))
    .map((channel) => ({
      verdict: "missing",
      says: `The playbook sends by ${channel}, and no stack of this stage does.`,
      mend: `npm run deploy -- send/${channel}${stageOption(stage)}`,
    }));

const ofPlaybook = (live: LivePlaybook | null | undefined): Finding =>
  live
    ? { verdict: "fine", says: `The playbook ${live.version} is live.` }
    : {
        verdict: "missing",
        says: "No playbook is published: nothing is decided.",
        mend: "npx rapport push <folder> --publish",
      };

const ofSubscribers = (
  topicArn: string,
  found: { readonly confirmed: number; readonly pending: number } | undefined,
): Finding => {
  const { confirmed = 0, pending = 0 } = found ?? {};
  if (confirmed > 0) return { verdict: "fine", says: `Alarms reach ${confirmed}.` };
  return {
    verdict: "advice",
    says:
      pending > 0
        ? "Whoever is to hear of alarms has not said yes: the mail of SNS waits for a click."
        : "Nobody hears of alarms.",
    mend: `aws sns subscribe --topic-arn ${topicArn} --protocol <how> --notification-endpoint <where>`,
  };
};

const ofAddress = (url: string, status: number | null): Finding =>
  status === 200
    ? { verdict: "fine", says: `The API answers at ${url}.` }
    : {
        verdict: "missing",
        says: `${url} answers ${status ?? "nothing"}: links in messages would lead nowhere.`,
        mend: `curl -si ${url}/openapi.json`,
      };

/** Looks at what a stage needs whatever it sends by: stacks, secrets, playbook, address, alarms. */
export const examineHub = async (account: Account, stage: string): Promise<Examined> => {
  const found = async (name: string): Promise<string | undefined> => {
    const told = await account.published(name);
    return told.told === "answer" ? told.value : undefined;
  };
  const [stacks, table, url, topic, ...secrets] = await Promise.all([
    account.stacks(),
    found("tables/playbooks"),
    found("api/url"),
    found("topics/alarms"),
    ...SECRETS.map(async (name) => ({ name, id: await found(`secrets/${name}`) })),
  ]);
  const told = table === undefined ? ({ told: "absent" } as const) : await account.livePlaybook(table);
  const live = told.told === "answer" ? (told.value ?? undefined) : undefined;
  const secretFindings = await Promise.all(
    secrets.map(
      async ({ id, name }): Promise<readonly Finding[]> =>
        judged(
          `The secret ${name}`,
          id === undefined ? { told: "absent" } : await account.hasSecret(id),
          (isSet) => [
            isSet
              ? { verdict: "fine", says: `The secret ${name} is set.` }
              : {
                  verdict: "missing",
                  says: `The secret ${name} is not there, or holds nothing.`,
                  mend: `npm run deploy -- data${stageOption(stage)}`,
                },
          ],
        ),
    ),
  );
  const parts: readonly Part[] = [
    {
      part: "stacks",
      findings: judged("The stacks", stacks, (all = []) => [
        ...ofStacks(stage, all),
        ...ofSenders(stage, all, live),
      ]),
    },
    { part: "secrets", findings: secretFindings.flat() },
    { part: "playbook", findings: judged("The live playbook", told, (one) => [ofPlaybook(one)]) },
    {
      part: "address",
      findings: url === undefined ? [] : [ofAddress(url, await account.reach(`${url}/openapi.json`))],
    },
    {
      part: "alarms",
      findings:
        topic === undefined
          ? []
          : judged("Who hears of alarms", await account.subscribers(topic), (some) => [
              ofSubscribers(topic, some),
            ]),
    },
  ];
  return { parts, live };
};
