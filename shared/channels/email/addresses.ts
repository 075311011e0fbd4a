import type { ChannelAddresses } from "../definition/addresses.ts";

/** One `@` with something on both sides, no blanks or control characters: who can be written to is for mail servers to say. */
const ADDRESS = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;

export const addresses: ChannelAddresses = {
  spelling: {
    name: "email",
    normalize: (text) => {
      const address = text.toLowerCase();
      return ADDRESS.test(address) ? address : null;
    },
  },
  identifier: { type: "email", priority: 2, limit: 5, from: ["traits.email", "context.traits.email"] },
};
