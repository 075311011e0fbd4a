import type { Category } from "../model/contact-policy.ts";
import type { Action, PlaybookDocument } from "../model/document.ts";
import { covers } from "../model/scope.ts";
import type { Draft, Report } from "../read/sources.ts";

/**
 * Messages that could never leave, for nothing says that anybody gives implied consent: it is no guess of the hub's, but
 * an entry that `Consent Changed` brings. A period for it shows that somebody thought of where it comes from.
 */
export const checkImpliedConsent = ({ sources, document }: Draft, report: Report): void => {
  const { categories } = document.contactPolicy;
  for (const category of categories) {
    if (category.consent !== "implied" || hasPeriod(category, document)) continue;
    const index = document.actions.findIndex((action) => isSent(action, category, document));
    const file = sources.actions[index]?.file;
    if (file === undefined) continue;
    const message = `Nobody gets this before a Consent Changed says that they may: ${category.name} asks for implied consent, and no order or visit gives it by itself`;
    const expected =
      "consentExpiry of kind implied in contact-policy.yaml, once your server sends Consent Changed; or consent: none, which holds until somebody says no";
    report.warning(file.at(["category"]), "no-consent", message, expected);
  }
};

const hasPeriod = ({ name }: Category, { contactPolicy }: PlaybookDocument): boolean =>
  (contactPolicy.consentExpiry ?? []).some(
    ({ kind, categories }) => kind === "implied" && covers(categories, name),
  );

const isSent = (action: Action, { name }: Category, { brand }: PlaybookDocument): boolean =>
  action.category === name &&
  action.treatments.some(({ channel }) => Object.hasOwn(brand.providers, channel));
