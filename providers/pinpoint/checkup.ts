import {
  type ChannelResponse,
  GetAppsCommand,
  GetChannelsCommand,
  PinpointClient,
} from "@aws-sdk/client-pinpoint";
import { ask, type Finding, judged, type ProviderCheckup, type Told } from "#ports/checkup.ts";

/** What was asked of push. */
type PushAnswers = {
  readonly stage: string;
  /** Id of the application that `send/push` makes; undefined where there is none. */
  readonly application: Told<string | undefined>;
  readonly channels: Told<Readonly<Record<string, ChannelResponse>>>;
};

const ofChannels = (channels: Readonly<Record<string, ChannelResponse>>): Finding => {
  const enabled = Object.entries(channels).flatMap(([name, { Enabled, HasCredential }]) =>
    Enabled === true && HasCredential !== false ? [name] : [],
  );
  return enabled.length > 0
    ? { verdict: "fine", says: `Push reaches devices by ${enabled.join(", ")}.` }
    : {
        verdict: "missing",
        says: "The push application has the credentials of neither Apple nor Firebase.",
        mend: "aws pinpoint update-gcm-channel --application-id <id> --gcm-channel-request <json>",
      };
};

/** What push still lacks, from what was answered. */
export const judgePush = ({ application, channels, stage }: PushAnswers): readonly Finding[] =>
  judged("The push application", application, (id) =>
    id === undefined
      ? [
          {
            verdict: "missing",
            says: `There is no push application rapport-${stage}.`,
            mend: `npm run deploy -- send/push -c rapport:stage=${stage}`,
          },
        ]
      : judged("The channels of the push application", channels, (found) => [ofChannels(found ?? {})]),
  );

export const checkup: ProviderCheckup = {
  look: async (aws, { stage }) => {
    const client = new PinpointClient(aws);
    const application = await ask(
      client
        .send(new GetAppsCommand({ PageSize: "100" }))
        .then(
          ({ ApplicationsResponse }) =>
            ApplicationsResponse?.Item?.find(({ Name }) => Name === `rapport-${stage}`)?.Id,
        ),
    );
    const id = application.told === "answer" ? application.value : undefined;
    const channels: PushAnswers["channels"] =
      id === undefined
        ? { told: "absent" }
        : await ask(
            client
              .send(new GetChannelsCommand({ ApplicationId: id }))
              .then(({ ChannelsResponse }) => ChannelsResponse?.Channels ?? {}),
          );
    return judgePush({ stage, application, channels });
  },
};
