import { capitalized, type Files } from "./names.ts";
import { runbookPage } from "./reviewed.ts";
import { generate, readProjectFile, refuseTaken, writeProjectFiles } from "./write.ts";

const NAME = /^[a-z]+$/;
const USAGE = "npm run new:channel -- <name>";

/** Reads the name of a channel. Throws what is wrong with it, and how it is written. */
export const parseNewChannel = (given: readonly string[]): string => {
  const [name = ""] = given;
  if (NAME.test(name)) return name;
  throw new Error(`"${name}" is no name of one word in lower-case letters. ${USAGE}`);
};

const definition = (name: string): string => `import type { Channel } from "../definition/definition.ts";

export const channel: Channel = {
  words: { message: "${name}", pages: { en: "${capitalized(name)}", de: "${capitalized(name)}" } },
  sender: {
    expected: "who sends",
    keep: ({ from }) => (from === undefined ? undefined : { from }),
  },
  content: {
    features: { subject: false, html: false },
    file: "txt",
    required: [{ oneOf: ["text"], field: "text", expected: "a text" }],
    marks: [],
  },
};
`;

const message = (name: string): string => `/** A message as every provider of ${name} takes it. */
export type ${capitalized(name)}Message = {
  readonly to: string;
  readonly from: string;
  readonly text: string;
};

/** A whole one, for the contracts of providers. */
export const EXAMPLE: ${capitalized(name)}Message = { to: "somebody", from: "us", text: "Hi" };
`;

const render = (name: string): string => `import { RapportError } from "#kernel/errors.ts";
import type { Render } from "../definition/rendering.ts";
import type { ${capitalized(name)}Message } from "./message.ts";

/** One text to the best address. */
export const render: Render<${capitalized(name)}Message> = ({ addresses, sender, texts }) => {
  const [to = ""] = addresses;
  const text = texts.require("text", "text").trim();
  if (sender === undefined) {
    throw new RapportError("template_failed", "brand.${name}.from: is not set in the playbook");
  }
  return { message: { to, from: sender.from, text }, addresses: [to], units: 1 };
};
`;

const test = (name: string): string => `import { describe, expect, it } from "vitest";
import { render } from "#channels/${name}/render.ts";
import { BRAND, rendererOf } from "../../support/sending/render.ts";

const ${name} = rendererOf("${name}", render, {
  addresses: ["somebody"],
  brand: { ...BRAND, ${name}: { from: "us" } },
});

describe("a message by ${name}", () => {
  it("is a text to one address", () => {
    expect(${name}({ text: "Hi {{ customer.name }}" }, { customer: { name: "Ada" } })).toEqual({
      to: "somebody",
      from: "us",
      text: "Hi Ada",
    });
  });

  it("is refused without a text, and where nobody sends", () => {
    expect(() => ${name}({})).toThrow(/text: is empty/);
    expect(() => ${name}({ text: "Hi" }, { brand: BRAND })).toThrow(/brand\\.${name}\\.from/);
  });
});
`;

const handler = (name: string): string => `import { render } from "#channels/${name}/render.ts";
import { ${name} } from "#providers/all.senders.ts";
import { sendingWorker } from "#runtime/sending-worker.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export const handler = await sendingWorker({
  channel: "${name}",
  render,
  senders: ${name},
  bulkConcurrency: BULK_CONCURRENCY,
});
`;

const stack = (name: string): string => `import { sendingFunction } from "#infra/constructs/sending.ts";
import { ${name} } from "#providers/all.resources.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

export default sendingFunction({
  channel: "${name}",
  failureImpact: "Say in one sentence what a customer suffers when nothing leaves by ${name}.",
  providers: ${name},
  bulkConcurrency: BULK_CONCURRENCY,
});
`;

const LIMITS = `/** Invocations of the bulk lane at once: the queue's limit, and how many share a provider's sending rate. */
export const BULK_CONCURRENCY = 10;
`;

/** The folder of a new channel, its worker, and a page of the runbook for each alarm of that. It passes every check as it is. */
export const newChannelFiles = (name: string): Files => {
  const folder = `shared/channels/${name}`;
  const worker = `functions/send/${name}`;
  const pages = ["dead-letter", "late", "late-bulk", "stuck", "failed"].map((alarm) => [
    `docs/runbook/send-${name}-${alarm}.md`,
    runbookPage({ group: "send", name }, alarm),
  ]);
  return {
    [`${folder}/channel.ts`]: definition(name),
    [`${folder}/message.ts`]: message(name),
    [`${folder}/render.ts`]: render(name),
    [`${worker}/handler.ts`]: handler(name),
    [`${worker}/limits.ts`]: LIMITS,
    [`${worker}/stack.ts`]: stack(name),
    [`test/channels/${name}/render.test.ts`]: test(name),
    ...Object.fromEntries(pages),
  };
};

/** The settings with the channel among those that are deployed (`rapport:channels`). Throws where they list none. */
const withChannel = (settings: string, name: string): string => {
  const listed = settings.replace(/("rapport:channels": \[[^\]]*)\]/, `$1, "${name}"]`);
  if (listed === settings) throw new Error('cdk.json lists no "rapport:channels"');
  return listed;
};

const left = (
  name: string,
): string => `It passes the checks as it is, and nobody carries it yet. Yours to say:
  shared/channels/${name}/     what its content is, its words, how it renders; addresses.ts: how its addresses are spelt
  functions/send/${name}/      what a customer suffers when it fails
  docs/runbook/              what to do when its alarms go off
Then: npm run new:provider -- <name> --channel ${name}`;

/** `npm run new:channel -- <name>`: writes it, and tells what is left to say. */
if (import.meta.main) {
  generate(() => {
    const name = parseNewChannel(process.argv.slice(2));
    refuseTaken(`shared/channels/${name}`, `functions/send/${name}`);
    const settings = withChannel(readProjectFile("cdk.json"), name);
    writeProjectFiles({ ...newChannelFiles(name), "cdk.json": settings });
    console.log(left(name));
  });
}
