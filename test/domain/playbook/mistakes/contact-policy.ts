import { type Mistake, POLICY } from "./mistake.ts";

export const MISTAKES_IN_CONTACT_POLICY: readonly Mistake[] = [
  {
    what: "a cap of zero",
    files: { "contact-policy.yaml": `${POLICY}caps:\n  - { name: none, max: 0, window: P1D }\n` },
    at: "contact-policy.yaml:7:24",
    code: "cap-of-zero",
    expected: "at least 1",
  },
  {
    what: "two caps that count the same",
    files: {
      "contact-policy.yaml": `${POLICY}caps:\n  - { name: a, max: 1, window: P1D, channels: [sms, email] }\n  - { name: b, max: 2, window: P1D, channels: [email, sms] }\n`,
    },
    at: "contact-policy.yaml:8:5",
    code: "contradiction",
  },
  {
    what: "a cap on an unknown action",
    files: {
      "contact-policy.yaml": `${POLICY}caps:\n  - { name: a, max: 1, window: P1D, actions: [welcom] }\n`,
    },
    at: "contact-policy.yaml:7:47",
    code: "unknown-action",
    expected: 'did you mean "welcome"?',
  },
  {
    what: "overlapping quiet hours across midnight",
    files: {
      "contact-policy.yaml": `${POLICY}quietHours:\n  - { from: "21:00", to: "08:00", channels: [sms] }\n  - { from: "07:00", to: "09:00" }\n`,
    },
    at: "contact-policy.yaml:8:5",
    code: "overlap",
  },
  {
    what: "quiet hours of no length",
    files: { "contact-policy.yaml": `${POLICY}quietHours:\n  - { from: "21:00", to: "21:00" }\n` },
    at: "contact-policy.yaml:7:26",
    code: "contradiction",
  },
  {
    what: "a time without its other",
    files: { "contact-policy.yaml": `${POLICY}quietHours:\n  - { from: "21:00", days: [sunday] }\n` },
    at: "contact-policy.yaml:7:13",
    code: "missing-field",
    expected: "neither, for whole days",
  },
  {
    what: "holidays that are nowhere listed",
    files: {
      "contact-policy.yaml": `${POLICY}holidays: { germany: [12-25] }\nquietHours:\n  - { holidays: [germny] }\n`,
    },
    at: "contact-policy.yaml:8:18",
    code: "unknown-list of holidays",
    expected: 'did you mean "germany"?',
  },
  {
    what: "a holiday that no year has",
    files: { "contact-policy.yaml": `${POLICY}holidays: { germany: [12-25, 02-30] }\n` },
    at: "contact-policy.yaml:6:30",
    code: "invalid-value",
    expected: "12-25 (every year), easter + 1",
  },
  {
    what: "whole days of every day of the week",
    files: {
      "contact-policy.yaml": `${POLICY}quietHours:\n  - { days: [saturday, sunday] }\n  - { from: "00:00", to: "24:00", days: [monday, tuesday, wednesday, thursday, friday] }\n`,
    },
    at: "contact-policy.yaml:7:3",
    code: "contradiction",
    expected: "some hours of the week",
  },
  {
    what: "a time that is none",
    files: { "contact-policy.yaml": `${POLICY}quietHours:\n  - { from: "24:00", to: "08:00" }\n` },
    at: "contact-policy.yaml:7:13",
    code: "invalid-value",
    expected: "21:00",
  },
  {
    what: "a transactional category that asks for consent",
    files: { "contact-policy.yaml": POLICY.replace("consent: none", "consent: express") },
    at: "contact-policy.yaml:5:29",
    code: "contradiction",
  },
  {
    what: "consent to be confirmed where no message may ask",
    files: {
      "contact-policy.yaml":
        "categories:\n  marketing: { consent: express, confirm: double }\n  service: { consent: implied }\n",
      "actions/order-confirmation.yaml": null,
      "templates/order-confirmation/email.html": null,
    },
    at: "contact-policy.yaml:2:43",
    code: "contradiction",
    expected: "a category that is transactional",
  },
  {
    what: "a way to confirm that there is not",
    files: { "contact-policy.yaml": POLICY.replace("express }", "express, confirm: triple }") },
    at: "contact-policy.yaml:3:43",
    code: "invalid-value",
  },
  {
    what: "a cool-down after what is probably a misspelt outcome",
    severity: "warning",
    files: { "contact-policy.yaml": `${POLICY}coolDowns:\n  - { outcome: dismised, for: P7D }\n` },
    at: "contact-policy.yaml:7:16",
    code: "unknown-outcome",
    expected: 'did you mean "dismissed"?',
  },
  {
    what: "two periods for the same consent",
    files: {
      "contact-policy.yaml": `${POLICY}consentExpiry:\n  - { kind: implied, source: purchase, after: P730D }\n  - { kind: implied, source: purchase, after: P180D }\n`,
    },
    at: "contact-policy.yaml:8:5",
    code: "contradiction",
    expected: "one period",
  },
  {
    what: "quiet hours of a region that overlap on a day",
    files: {
      "contact-policy.yaml": `${POLICY}regions:\n  - name: Texas\n    phones: ["+1512"]\n    quietHours:\n      - { from: "21:00", to: "09:00" }\n      - { from: "08:00", to: "12:00", days: [sunday] }\n`,
    },
    at: "contact-policy.yaml:11:9",
    code: "overlap",
  },
  {
    what: "a region whose numbers begin with no plus",
    files: {
      "contact-policy.yaml": `${POLICY}regions:\n  - { name: Texas, phones: ["1512"] }\n`,
    },
    at: "contact-policy.yaml:7:29",
    code: "invalid-value",
    expected: "+1305",
  },
  {
    what: "an interruption on an unknown channel",
    files: { "contact-policy.yaml": `${POLICY}interruptions:\n  - { minimum: 1, channels: [smss] }\n` },
    at: "contact-policy.yaml:7:30",
    code: "unknown-channel",
    expected: 'did you mean "sms"?',
  },
  {
    what: "a cap of less than nothing",
    files: { "contact-policy.yaml": `${POLICY}caps:\n  - { name: all, max: -1, window: P1D }\n` },
    at: "contact-policy.yaml:7:23",
    code: "invalid-value",
    expected: "from 1 to",
  },
  {
    what: "quiet hours that leave no time at all",
    files: {
      "contact-policy.yaml": `${POLICY}quietHours:\n  - { from: "20:00", to: "08:00" }\n  - { from: "08:00", to: "20:00" }\n`,
    },
    at: "contact-policy.yaml:7:3",
    code: "contradiction",
    expected: "not quiet",
  },
  {
    what: "quiet hours that leave no time in one region",
    files: {
      "contact-policy.yaml": `${POLICY}quietHours:\n  - { from: "20:00", to: "08:00" }\nregions:\n  - name: Texas\n    phones: ["+1512"]\n    quietHours:\n      - { from: "08:00", to: "20:00" }\n`,
    },
    at: "contact-policy.yaml:9:5",
    code: "contradiction",
    expected: "not quiet",
  },
  {
    what: "an end of consent that nobody asks for",
    files: {
      "contact-policy.yaml": `${POLICY}consentExpiry:\n  - { kind: express, after: P730D, categories: [transactional] }\n`,
    },
    at: "contact-policy.yaml:7:49",
    code: "no-effect",
    severity: "warning",
    expected: "express or implied",
  },
  {
    what: "an end of implied consent where only express counts",
    files: {
      "contact-policy.yaml": `${POLICY}consentExpiry:\n  - { kind: implied, after: P730D, categories: [marketing] }\n`,
    },
    at: "contact-policy.yaml:7:49",
    code: "no-effect",
    severity: "warning",
    expected: "implied consent",
  },
];
