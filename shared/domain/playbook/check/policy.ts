import { endsFirst } from "../build/life-span.ts";
import { carriesLinks } from "../model/confirm.ts";
import type { Brand } from "../model/document.ts";
import type { Draft, Parsed, Report } from "../read/sources.ts";
import type { ContactPolicyFile } from "../schema/contact-policy-file.ts";
import type { PlaybookFile } from "../schema/playbook-file.ts";
import { checkCaps } from "./caps.ts";
import { checkImpliedConsent } from "./consent.ts";
import { checkQuietHours, meet } from "./quiet-hours.ts";

/** Contradictions inside the contact policy, and actions that outlive themselves. */
export const checkPolicy = ({ sources, document }: Draft, report: Report): void => {
  checkCategories(sources.contactPolicy, report);
  checkConfirmation(sources.contactPolicy, document.brand, report);
  checkCaps(sources.contactPolicy, document, report);
  checkExempt(sources.contactPolicy, report);
  checkQuietHours(sources.contactPolicy, document, report);
  checkConsentExpiry(sources.contactPolicy, report);
  checkImpliedConsent({ sources, document }, report);
  checkScoring(sources.playbook, report);
  document.actions.forEach((action, index) => {
    const source = sources.actions[index];
    if (source === undefined || !endsFirst(action)) return;
    const message = `${action.name} ends before it begins`;
    const after = `a time after ${source.value.activeFrom}`;
    report.error(source.file.at(["activeTo"]), "contradiction", message, after);
  });
};

const checkCategories = ({ file, value }: Parsed<ContactPolicyFile>, report: Report): void => {
  for (const [name, category] of Object.entries(value.categories)) {
    if (!category.transactional || category.consent === "none") continue;
    const message = `${name} is transactional, which needs no consent, but asks for ${category.consent} consent`;
    report.error(
      file.at(["categories", name, "consent"]),
      "contradiction",
      message,
      "consent: none, or not transactional",
    );
  }
};

/** Whoever is to confirm must be able to: by a transactional message, on a channel where a link can be followed. */
const checkConfirmation = (
  { file, value }: Parsed<ContactPolicyFile>,
  { channelPreference }: Brand,
  report: Report,
): void => {
  const categories = Object.entries(value.categories);
  const mayAsk = categories.some(([, { transactional }]) => transactional === true);
  for (const [name, { confirm, consent }] of categories) {
    if (confirm !== "double") continue;
    const place = file.at(["categories", name, "confirm"]);
    if (consent === "none") {
      const message = `${name} needs no consent, so there is nothing to confirm`;
      report.warning(place, "no-effect", message, "consent: express, or no confirm");
    } else if (!mayAsk) {
      const message = `Nobody can be asked to confirm ${name}: the message that asks is transactional`;
      report.error(place, "contradiction", message, "a category that is transactional");
    } else if (!channelPreference.some(carriesLinks)) {
      const message = `Nobody can be asked to confirm ${name}: no channel carries a link`;
      report.warning(
        place,
        "no-effect",
        message,
        "a provider for a channel in whose messages people can follow a link",
      );
    }
  }
};

const LIMITS = ["quietHours", "regions", "interruptions", "caps", "holdWhile"] as const;

/** A transactional message skips quiet hours and caps and is never counted (decision/prepared/channel.ts, decision/record/request.ts): naming it says nothing. */
const checkExempt = ({ file, value }: Parsed<ContactPolicyFile>, report: Report): void => {
  for (const part of LIMITS) {
    value[part]?.forEach(({ categories = [] }, index) => {
      for (const [position, name] of categories.entries()) {
        if (value.categories[name]?.transactional !== true) continue;
        const place = file.at([part, index, "categories", position]);
        const message = `${name} is transactional, and so neither held nor counted`;
        report.warning(place, "no-effect", message, "a category that is not transactional");
      }
    });
  }
};

/** Two periods for the same consent, of which only the shorter could hold; and periods for consent that nobody asks. */
const checkConsentExpiry = ({ file, value }: Parsed<ContactPolicyFile>, report: Report): void => {
  const all = value.consentExpiry ?? [];
  all.forEach((each, index) => {
    const other = all
      .slice(0, index)
      .find(
        (before) =>
          before.kind === each.kind &&
          before.source === each.source &&
          meet(before.categories, each.categories),
      );
    if (other !== undefined) {
      const message = `There is another period for the same consent: ${other.after}`;
      report.error(file.at(["consentExpiry", index]), "contradiction", message, "one period for it");
    }
    for (const [position, name] of (each.categories ?? []).entries()) {
      const needs = value.categories[name]?.consent;
      if (needs === undefined || needs === "implied" || needs === each.kind) continue;
      const message = `${each.kind} consent never lets out what ${name} sends, so its end changes nothing`;
      const expected = `a category that asks for ${each.kind === "implied" ? "implied" : "express or implied"} consent`;
      report.warning(
        file.at(["consentExpiry", index, "categories", position]),
        "no-effect",
        message,
        expected,
      );
    }
  });
};

const checkScoring = ({ file, value }: Parsed<PlaybookFile>, report: Report): void => {
  const { scoring } = value;
  if (scoring === undefined || scoring.valueToUs + scoring.valueToCustomer > 0) return;
  const message = "Neither value counts, so every action would be worth nothing";
  report.error(file.at(["scoring"]), "contradiction", message, "a weight above zero for one of the two");
};
