import { type Letter, SHOP } from "./month.ts";

type Call = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Everything that was asked for has happened. */
const settle = (call: Call) => call("POST", "/_local/clock", { advance: "PT0S" });

const write = async (call: Call, from: string, text: string): Promise<void> => {
  await call("POST", "/_local/inbound", { channel: SHOP.text.channel, from, text });
  await settle(call);
};

const answer = async (call: Call, { userId, phone, answered }: Letter): Promise<void> => {
  if (answered === null) return;
  const { items } = (await call("GET", `/v1/profiles/userId:${userId}/conversations`)) as {
    readonly items: readonly { readonly conversationId: string }[];
  };
  const thread = `/v1/conversations/${items[0]?.conversationId}`;
  await call("POST", `${thread}/notes`, { text: answered.note });
  await call("POST", `${thread}/replies`, { text: answered.text });
  await settle(call);
  await write(call, phone, answered.then);
};

/** Some customers write to the shop at the end of its month, in two directions of writing; one is being answered. */
export const writeLetters = async (call: Call): Promise<void> => {
  for (const letter of SHOP.letters) {
    const { userId, phone, firstName, lastName, before } = letter;
    await call("POST", "/v1/identify", {
      userId,
      traits: { [SHOP.text.trait]: phone, firstName, lastName },
      messageId: `demo-letter-${userId}`,
    });
    await settle(call);
    if (before !== null) {
      const { channel } = SHOP.text;
      const content = { text: before };
      await call("POST", "/v1/messages", {
        to: `userId:${userId}`,
        category: "transactional",
        channel,
        content,
      });
      await settle(call);
    }
    await write(call, phone, letter.said);
    await answer(call, letter);
  }
};
