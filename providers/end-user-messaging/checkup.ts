import {
  DescribePhoneNumbersCommand,
  DescribePoolsCommand,
  DescribeSenderIdsCommand,
  DescribeSpendLimitsCommand,
  PinpointSMSVoiceV2Client,
  type SpendLimit,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { ask, type Finding, judged, type ProviderCheckup, type Told } from "#ports/checkup.ts";

/** Whoever texts may come from: a number, a pool of numbers or a sender id. */
type Origin = { readonly names: readonly (string | undefined)[]; readonly status: string };

/** What was asked of End User Messaging. */
type TextAnswers = {
  readonly from: string | undefined;
  readonly origins: Told<readonly Origin[]>;
  readonly limits: Told<readonly SpendLimit[]>;
};

const READY = ["ACTIVE", "REGISTERED"];

const ofOrigin = (from: string | undefined, origins: readonly Origin[]): Finding => {
  if (from === undefined)
    return { verdict: "missing", says: "The playbook names no origination identity: channels.sms.from." };
  const origin = origins.find(({ names }) =>
    names.some((name) => name === from || name?.endsWith(`/${from}`)),
  );
  if (origin === undefined)
    return {
      verdict: "missing",
      says: `${from} is no number, pool or sender id of this account.`,
      mend: "aws pinpoint-sms-voice-v2 request-phone-number --iso-country-code <country> --message-type TRANSACTIONAL --number-capabilities SMS --number-type <type>",
    };
  return READY.includes(origin.status)
    ? { verdict: "fine", says: `${from} is ready to send.` }
    : {
        verdict: "missing",
        says: `${from} is ${origin.status}: it sends nothing until it is active.`,
        mend: "aws pinpoint-sms-voice-v2 describe-registrations",
      };
};

const ofLimits = (limits: readonly SpendLimit[]): Finding => {
  const monthly = limits.find(({ Name }) => Name === "TEXT_MESSAGE_MONTHLY_SPEND_LIMIT");
  const limit = monthly?.EnforcedLimit ?? 0;
  return limit > 1
    ? { verdict: "fine", says: `Texts may cost ${limit} dollars a month.` }
    : {
        verdict: "missing",
        says: `Texts may cost ${limit} dollars a month: that is a few dozen messages.`,
        mend: "aws pinpoint-sms-voice-v2 set-text-message-spend-limit-override --monthly-limit <dollars>",
      };
};

/** What End User Messaging still lacks, from what it answered. */
export const judgeTexts = ({ from, limits, origins }: TextAnswers): readonly Finding[] => [
  ...judged("Numbers, pools and sender ids", origins, (found) => [ofOrigin(from, found ?? [])]),
  ...judged("The month's spending limit", limits, (found) => [ofLimits(found ?? [])]),
];

const originsOf = async (client: PinpointSMSVoiceV2Client): Promise<readonly Origin[]> => {
  const [{ PhoneNumbers = [] }, { Pools = [] }, { SenderIds = [] }] = await Promise.all([
    client.send(new DescribePhoneNumbersCommand({})),
    client.send(new DescribePoolsCommand({})),
    client.send(new DescribeSenderIdsCommand({})),
  ]);
  return [
    ...PhoneNumbers.map(({ PhoneNumber, PhoneNumberId, PhoneNumberArn, Status }) => ({
      names: [PhoneNumber, PhoneNumberId, PhoneNumberArn],
      status: Status ?? "unknown",
    })),
    ...Pools.map(({ PoolId, PoolArn, Status }) => ({
      names: [PoolId, PoolArn],
      status: Status ?? "unknown",
    })),
    ...SenderIds.map(({ SenderId, SenderIdArn, Registered }) => ({
      names: [SenderId, SenderIdArn],
      status: Registered === false ? "not registered" : "REGISTERED",
    })),
  ];
};

export const checkup: ProviderCheckup = {
  look: async (aws, { from }) => {
    const client = new PinpointSMSVoiceV2Client(aws);
    const [origins, limits] = await Promise.all([
      ask(originsOf(client)),
      ask(client.send(new DescribeSpendLimitsCommand({})).then(({ SpendLimits = [] }) => SpendLimits)),
    ]);
    return judgeTexts({ from, origins, limits });
  },
};
