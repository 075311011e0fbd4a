import { action, MAIL, type Mistake } from "./mistake.ts";

/** What people write who mean well, and what they are told to write instead. */
export const MISTAKES_IN_WORDING: readonly Mistake[] = [
  {
    what: "an alias that no anchor stands for",
    files: { "segments.yaml": "vip: &many customer.orders > 3\nbest: *mayn\n" },
    at: "segments.yaml:2:7",
    code: "yaml",
    expected: 'did you mean "many"?',
  },
  {
    what: "a value that begins with a character of YAML's own",
    files: { "segments.yaml": 'vip: @"2026-01-01" > now\n' },
    at: "segments.yaml:1:6",
    code: "yaml",
    expected: "in quotes",
  },
  {
    what: "a line that is neither name nor value",
    files: { "segments.yaml": "vip\nbest: customer.orders > 3\n" },
    at: "segments.yaml:1:1",
    code: "yaml",
    expected: "name: value",
  },
  {
    what: "a condition that is yes",
    files: { "actions/welcome.yaml": action(`eligible: true\n${MAIL}`) },
    at: "actions/welcome.yaml:3:11",
    code: "invalid-value",
    expected: "no eligible at all, for everybody",
  },
  {
    what: "a condition that is no",
    files: { "actions/welcome.yaml": action(`eligible: [customer.age > 3, false]\n${MAIL}`) },
    at: "actions/welcome.yaml:3:30",
    code: "invalid-value",
    expected: "a condition in FEEL",
  },
  {
    what: "MJML that is none",
    files: {
      "templates/welcome/email.html": null,
      "templates/welcome/email.mjml": "---\nsubject: Hi\n---\n<mj-body></mj-body>",
    },
    at: "templates/welcome/email.mjml:4:1",
    code: "mjml",
    expected: "<mjml><mj-body>",
  },
];
