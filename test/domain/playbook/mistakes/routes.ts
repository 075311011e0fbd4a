import { type Mistake, PLAYBOOK } from "./mistake.ts";

/** The playbook with these members in place of a channel's provider. */
const routed = (channel: "email" | "sms", members: string): Mistake["files"] => ({
  "playbook.yaml": PLAYBOOK.replace(
    channel === "email" ? "provider: ses" : "provider: end-user-messaging",
    members,
  ),
});

export const MISTAKES_IN_ROUTES: readonly Mistake[] = [
  {
    what: "a provider and routes",
    files: routed("email", "provider: ses, routes: [{ provider: smtp }]"),
    at: "playbook.yaml:11:35",
    code: "contradiction",
    expected: "one of the two",
  },
  {
    what: "no route at all",
    files: routed("email", "routes: []"),
    at: "playbook.yaml:11:20",
    code: "no-route",
    expected: "a route at least",
  },
  {
    what: "a route by a provider that there is none of",
    files: routed("email", "routes: [{ provider: ses }, { provider: smpt }]"),
    at: "playbook.yaml:11:52",
    code: "unknown-provider",
    expected: 'did you mean "smtp"?',
  },
  {
    what: "an account with a name that no secret can have",
    files: routed("email", "routes: [{ provider: smtp, account: Main Account }]"),
    at: "playbook.yaml:11:48",
    code: "invalid-value",
    expected: "lower-case letters",
  },
  {
    what: "countries of mail addresses",
    files: routed("email", "routes: [{ provider: ses, countries: [DE] }]"),
    at: "playbook.yaml:11:49",
    code: "no-country",
    expected: "without countries",
  },
  {
    what: "a country that is none",
    files: routed("sms", "routes: [{ provider: end-user-messaging, countries: [UK] }]"),
    at: "playbook.yaml:13:63",
    code: "invalid-value",
    expected: "GB",
  },
  {
    what: "numbers without a route",
    files: routed("sms", "routes: [{ provider: end-user-messaging, countries: [DE] }]"),
    at: "playbook.yaml:13:18",
    code: "no-route",
    expected: "a last route without countries",
    severity: "warning",
  },
  {
    what: "the same account twice",
    files: routed(
      "email",
      "routes: [{ provider: ses }, { provider: smtp }, { provider: ses, account: default }]",
    ),
    at: "playbook.yaml:11:60",
    code: "no-effect",
    expected: "each account and sender once",
    severity: "warning",
  },
  {
    what: "a quota of nothing",
    files: routed("email", "routes: [{ provider: ses, perDay: 0 }]"),
    at: "playbook.yaml:11:46",
    code: "invalid-value",
  },
  {
    what: "a weight of nothing",
    files: routed("email", "routes: [{ provider: ses, weight: 0 }]"),
    at: "playbook.yaml:11:46",
    code: "invalid-value",
  },
  {
    what: "resending where there is nowhere to go on",
    files: routed("email", "provider: ses, resend: uncertain"),
    at: "playbook.yaml:11:35",
    code: "no-effect",
    expected: "two routes",
    severity: "warning",
  },
  {
    what: "falling back to a channel that there is none of",
    files: routed("sms", "provider: end-user-messaging, fallBack: { to: mail, after: PT2H }"),
    at: "playbook.yaml:13:56",
    code: "unknown-channel",
    expected: "email",
  },
  {
    what: "falling back to a channel that sends nothing",
    files: routed("sms", "provider: end-user-messaging, fallBack: { to: web, after: PT2H }"),
    at: "playbook.yaml:13:56",
    code: "no-route",
    expected: "one of email, push",
  },
  {
    what: "falling back to itself",
    files: routed("sms", "provider: end-user-messaging, fallBack: { to: sms, after: PT2H }"),
    at: "playbook.yaml:13:56",
    code: "no-route",
    expected: "one of email, push",
  },
  {
    what: "falling back at once",
    files: routed("sms", "provider: end-user-messaging, fallBack: { to: email, after: PT0S }"),
    at: "playbook.yaml:13:70",
    code: "invalid-value",
  },
];
