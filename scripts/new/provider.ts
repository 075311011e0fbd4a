import { channelsWith } from "../tables/folders.ts";
import { type NewProvider, providerFiles } from "./provider-files.ts";
import { generate, refuseTaken, writeProjectFiles } from "./write.ts";

const NAME = /^[a-z]+(?:-[a-z]+)*$/;
const USAGE = "npm run new:provider -- <name> --channel <channel>";

/**
 * Reads `<name> --channel <channel>`. Throws what is wrong with it, and how it is written.
 * @param channels those there are
 */
export const parseNewProvider = (given: readonly string[], channels: readonly string[]): NewProvider => {
  const [name = "", option, channel = ""] = given;
  if (!NAME.test(name)) throw new Error(`"${name}" is no name in lower-case letters and dashes. ${USAGE}`);
  if (option !== "--channel" || !channels.includes(channel)) {
    throw new Error(`which channel does ${name} carry? One of ${channels.join(", ")}. ${USAGE}`);
  }
  return { name, channel };
};

const left = ({
  name,
  channel,
}: NewProvider): string => `It passes the checks as it is, against an API that was made up. Yours to say:
  providers/${name}/README.md     how it is set up, its limits and prices
  providers/${name}/sender.ts     how a message is put, what its answers mean, how fast it may be asked
  providers/${name}/reports.ts    its events; inbound.ts: what customers write
  providers/${name}/local.ts      the same API and events, played
  providers/${name}/contract.ts   how its API says each thing: the suite that all providers pass
  docs/playbook.md                that channels.${channel}.provider may be ${name}
docs/add-a-provider.md goes through it.`;

/** `npm run new:provider -- <name> --channel <channel>`: writes it, and tells what is left to say. */
if (import.meta.main) {
  generate(() => {
    // A channel that providers can carry says what its messages are.
    const wanted = parseNewProvider(process.argv.slice(2), channelsWith("message.ts"));
    refuseTaken(`providers/${wanted.name}`);
    writeProjectFiles(providerFiles(wanted));
    console.log(left(wanted));
  });
}
