import { type Mistake, MODEL } from "./mistake.ts";

const FILE = "journeys/weeks.yaml";
/** A journey of these lines, the first of them line 1. */
const journey = (...lines: readonly string[]): Mistake["files"] => ({ [FILE]: `${lines.join("\n")}\n` });
const steps = (...lines: readonly string[]): Mistake["files"] =>
  journey("enter: { on: Signed Up }", "steps:", ...lines.map((line) => `  ${line}`));

/** What a journey's file says that cannot be meant. */
export const MISTAKES_IN_JOURNEYS: readonly Mistake[] = [
  {
    what: "a journey without steps",
    files: journey("enter: { on: Signed Up }"),
    at: `${FILE}:1:1`,
    code: "missing-field",
  },
  {
    what: "a journey of no steps",
    files: journey("steps: {}"),
    at: `${FILE}:1:8`,
    code: "invalid-value",
    expected: "at least one step",
  },
  {
    what: "a way to a step there is not",
    files: steps("settle: { wait: P3D, next: loked }", "looked: { wait: P1D, next: settle }"),
    at: `${FILE}:3:30`,
    code: "unknown-step",
    expected: 'did you mean "looked"?',
  },
  {
    what: "a step that nobody comes to",
    files: steps("settle: { wait: P3D }", "looked: { wait: P1D }"),
    at: `${FILE}:4:3`,
    code: "unreachable-step",
    severity: "warning",
  },
  {
    what: "a circle in which nothing waits",
    files: steps("a: { decide: trigger.welcome, next: b }", "b: { branch: [{ if: customer.vip, next: a }] }"),
    at: `${FILE}:3:3`,
    code: "circle",
    expected: "a step that waits in between",
  },
  {
    what: "a circle of waits without a way out",
    files: steps("a: { wait: P1D, next: b }", "b: { wait: P1D, next: a }"),
    at: `${FILE}:3:3`,
    code: "no-way-out",
    severity: "warning",
  },
  {
    what: "a wait that is longer than the journey",
    files: journey("enter: { on: Signed Up }", "maxAge: P7D", "steps:", "  a: { wait: P8D }"),
    at: `${FILE}:4:14`,
    code: "never-over",
  },
  {
    what: "a wait that is longer than journeys last where nothing is said",
    files: steps("a: { waitFor: Order Completed, within: P90D }"),
    at: `${FILE}:3:42`,
    code: "never-over",
  },
  {
    what: "an event that nobody sends",
    files: steps("a: { waitFor: Order Complete }"),
    at: `${FILE}:3:17`,
    code: "unknown-event",
    expected: 'did you mean "Order Completed"?',
  },
  {
    what: "an exit by an event that nobody sends",
    files: journey("exit: [{ on: Bought }]", "steps: { a: { wait: P1D } }"),
    at: `${FILE}:1:14`,
    code: "unknown-event",
  },
  {
    what: "an exit that does not say when",
    files: journey("exit: [{ as: gone }]", "steps: { a: { wait: P1D } }"),
    at: `${FILE}:1:8`,
    code: "missing-field",
  },
  {
    what: "a step that does nothing",
    files: steps("a: { next: stop }"),
    at: `${FILE}:3:3`,
    code: "no-kind",
  },
  {
    what: "a step that does two things",
    files: steps("a: { wait: P1D, waitFor: Order Completed }"),
    at: `${FILE}:3:19`,
    code: "two-kinds",
  },
  {
    what: "a field that its kind of step has not",
    files: steps("a: { wait: P1D, within: P2D }"),
    at: `${FILE}:3:19`,
    code: "unknown-field",
  },
  {
    what: "an arm that leads nowhere",
    files: steps("a: { split: { mild: 1, loud: 1 }, mild: stop }"),
    at: `${FILE}:3:26`,
    code: "missing-field",
  },
  {
    what: "arms without a weight",
    files: steps("a: { split: { mild: 0 }, mild: stop }"),
    at: `${FILE}:3:15`,
    code: "too-few",
  },
  {
    what: "an arm with the name of a field",
    files: steps("a: { split: { next: 1, loud: 1 }, next: stop, loud: stop }"),
    at: `${FILE}:3:17`,
    code: "reserved-name",
  },
  {
    what: "a step called stop",
    files: steps("stop: { wait: P1D }"),
    at: `${FILE}:3:3`,
    code: "reserved-name",
  },
  {
    what: "a placement where nothing is offered",
    files: steps("a: { decide: trigger.welcom }"),
    at: `${FILE}:3:16`,
    code: "unknown-placement",
    expected: 'did you mean "trigger.welcome"?',
  },
  {
    what: "a trait that nobody declared",
    files: steps("a: { set: { firstname: x } }"),
    at: `${FILE}:3:15`,
    code: "unknown-trait",
  },
  {
    what: "a value that its trait cannot hold",
    files: steps("a: { set: { age: old } }"),
    at: `${FILE}:3:20`,
    code: "wrong-type",
  },
  {
    what: "an address that a journey sets",
    files: steps("a: { set: { email: a@b.example } }"),
    at: `${FILE}:3:15`,
    code: "identifier",
  },
  {
    what: "a moment that is none",
    files: steps("a: { waitUntil: customer.firstName }"),
    at: `${FILE}:3:19`,
    code: "wrong-type",
  },
  {
    what: "a rule over a property that the event has not",
    files: steps("a: { waitFor: Order Completed, where: event.totl > 5 }"),
    at: `${FILE}:3:47`,
    code: "feel-unknown-entry",
  },
  {
    what: "a rule over an event where there is none",
    files: steps("a: { branch: [{ if: event.total > 5, next: stop }] }"),
    at: `${FILE}:3:23`,
    code: "feel-unknown-name",
  },
  {
    what: "several at once for who never comes again",
    files: journey("enter: { on: Signed Up, whileInside: parallel }", "steps: { a: { wait: P1D } }"),
    at: `${FILE}:1:38`,
    code: "contradiction",
  },
  {
    what: "a time after which to come again that is none",
    files: journey("enter: { on: Signed Up, again: sometimes }", "steps: { a: { wait: P1D } }"),
    at: `${FILE}:1:32`,
    code: "invalid-value",
    expected: "never, always, or after and a duration",
  },
  {
    what: "a step renamed to one that is not there",
    files: journey("moved: { old: new }", "steps: { a: { wait: P1D } }"),
    at: `${FILE}:1:15`,
    code: "unknown-step",
  },
  {
    what: "a step renamed that is still there",
    files: journey("moved: { a: b }", "steps: { a: { wait: P1D, next: b }, b: { wait: P1D } }"),
    at: `${FILE}:1:10`,
    code: "contradiction",
  },
  {
    what: "an emitted event that is not declared",
    files: { ...steps("a: { emit: Cheered }"), "data-model.yaml": MODEL },
    at: `${FILE}:3:14`,
    code: "unknown-event",
  },
];
