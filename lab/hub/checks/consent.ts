import { consentFor, consentKey } from "#domain/contact-policy/consent.ts";
import type { HistoryItem } from "#domain/records/effects.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { AddressConsent, Consent, ConsentState } from "#domain/records/permission.ts";
import { type Check, personOf, type Stored } from "./watcher.ts";

const MARKETING = {
  name: "marketing",
  consent: "express",
  transactional: false,
  confirm: "double",
} as const;

type Said = { readonly step: number; readonly customerId: CustomerId; readonly consent: Consent };
type Merge = { readonly step: number; readonly from: CustomerId; readonly to: CustomerId };

type Word = Pick<Consent, "at" | "status">;
const isLater = (one: Word, other: Word): boolean =>
  one.at > other.at || (one.at === other.at && one.status === "withdrawn");

const latestOf = (said: readonly Consent[]): ConsentState => {
  const entries: Record<string, Consent> = {};
  for (const consent of said) {
    const before = entries[consentKey(consent)];
    if (before === undefined || isLater(consent, before)) entries[consentKey(consent)] = consent;
  }
  return { entries };
};

/** What an applied event said of consent: the person, a page, or a provider's list of those who left it. */
const saidBy = ({ at, body }: HistoryItem): readonly Consent[] => {
  const standing = body.standing === "public" ? "public" : "trusted";
  const said = { kind: "express", source: "history", at, standing } as const;
  const { channel, topic, status, category } = Object(body.properties);
  if (body.name === "Consent Changed") return [{ ...said, channel, topic, status }];
  return body.name === "unsubscribed" ? [{ ...said, channel, topic: category, status: "withdrawn" }] : [];
};

/** What held at each address at a step: what was last said there of each topic. */
const addressLedger = () => {
  const said: { readonly step: number; readonly address: string; readonly word: AddressConsent }[] = [];
  return {
    said,
    saidAt: (address: string, step: number): readonly AddressConsent[] => {
      const about = said.filter((one) => one.address === address && one.step <= step);
      return [...Map.groupBy(about, ({ word }) => word.topic).values()].flatMap((same) =>
        same
          .map(({ word }) => word)
          .toSorted((a, b) => (isLater(a, b) ? -1 : 1))
          .slice(0, 1),
      );
    },
  };
};

/** What took effect of consent, when, and for whom: what the hub makes of it is held against this. */
const consentLedger = () => {
  const said: Said[] = [];
  const merges: Merge[] = [];
  const personAt = (customerId: CustomerId, step: number): CustomerId => {
    const next = merges.find(({ from, step: at }) => from === customerId && at <= step);
    return next === undefined ? customerId : personAt(next.to, step);
  };
  return {
    said,
    merges,
    /** What held for the customer at that step. */
    stateAt: (customerId: CustomerId, step: number): ConsentState => {
      const person = personAt(customerId, step);
      return latestOf(
        said
          .filter((one) => one.step <= step && personAt(one.customerId, step) === person)
          .map(({ consent }) => consent),
      );
    },
  };
};

const verdictOf = (
  stored: Stored,
  state: ConsentState,
  saidThere: readonly AddressConsent[] = [],
): string => {
  const now = new Date(stored.now()).toISOString();
  return consentFor(state, MARKETING, "email", { now, inline: false, saidThere });
};

/**
 * Invariant 4: consent waits for nobody, and a withdrawal holds from the moment it is written; one by the link of a mail
 * at the mail's address, whoever has it.
 */
export const consentIsHeeded: Check = {
  name: "no offer leaves after a withdrawal was applied, and no consent is lost",
  watch: (stored, violated) => {
    const ledger = consentLedger();
    const addresses = addressLedger();
    const note = (customerId: CustomerId, entries: readonly Consent[]): void => {
      for (const consent of entries) ledger.said.push({ step: stored.step(), customerId, consent });
    };
    return {
      consented: note,
      saved: ({ customers }) => {
        for (const { customerId, mergedInto, unsent } of customers) {
          // Consent holds as soon as it lies beside the profile; its own item may be written later.
          note(
            customerId,
            Object.values(unsent).flatMap(({ consent }) => consent),
          );
          if (mergedInto !== undefined)
            ledger.merges.push({ step: stored.step(), from: customerId, to: mergedInto });
        }
      },
      said: (address, word) => addresses.said.push({ step: stored.step(), address, word }),
      taken: ({ lane, customerId, messageId }, by, address) => {
        if (lane !== "bulk") return;
        // The sender looked at some moment since it began: one at which it was allowed will do.
        const looked = [
          by.startedStep,
          ...[...ledger.said, ...ledger.merges, ...addresses.said]
            .map(({ step }) => step)
            .filter((step) => step > by.startedStep),
        ];
        const agreed = (step: number): boolean =>
          verdictOf(stored, ledger.stateAt(customerId, step), addresses.saidAt(address, step)) === "granted";
        if (looked.some(agreed)) return;
        violated(
          `${messageId} left to ${customerId} at ${address}, who had not agreed since the sender began`,
        );
      },
      atRest: () => {
        const facts = Map.groupBy(stored.facts.values(), ({ customerId }) => personOf(stored, customerId));
        for (const { customerId, mergedInto } of stored.customers.states.values()) {
          if (mergedInto !== undefined) continue;
          const kept = verdictOf(stored, stored.customers.consents.get(customerId) ?? { entries: {} });
          const right = verdictOf(stored, latestOf((facts.get(customerId) ?? []).flatMap(saidBy)));
          if (kept !== right)
            violated(`consent of ${customerId} is ${kept}, and all that was said comes to ${right}`);
        }
      },
    };
  },
};
