import type { Proof, ProofAccount } from "#cli/prove/port.ts";

const refuse = async (): Promise<never> => {
  throw new Error("there is no hub");
};

/** A proof in an account of AWS where nothing answers but what is given. */
export const provingIn = (account: Partial<ProofAccount>): Proof => ({
  account: {
    kind: "aws",
    openHub: refuse,
    revokeKey: async () => {},
    doctor: async () => ({ fine: true, lines: [] }),
    linkKeys: async () => ["a key"],
    report: async () => {},
    mailAt: async () => null,
    redrive: refuse,
    startCounting: async () => {},
    figures: refuse,
    ...account,
  },
  simulator: { channel: "email", takes: () => "taken@example.com", bounces: () => "bounced@example.com" },
  run: "a1b2",
  files: {},
  mailbox: undefined,
  until: async (what, ask) => {
    const found = await ask();
    if (found === undefined) throw new Error(`waited for ${what}`);
    return found;
  },
});
