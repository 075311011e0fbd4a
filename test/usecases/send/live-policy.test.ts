import { beforeAll, describe, expect, it } from "vitest";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Message } from "#domain/records/message.ts";
import { NOW } from "../../support/customers/events.ts";
import { testFiles, testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";
import { customer, requestFor, type SendingWorld, sendingWorld } from "../../support/sending/world.ts";

let playbook: CompiledPlaybook;
beforeAll(async () => {
  playbook = await testPlaybook();
});

const begin = (more: Partial<Message> = {}): { world: SendingWorld; asked: Message } => {
  const asked = message({ playbook: playbook.version, ...more });
  return { world: sendingWorld(playbook, asked), asked };
};
const lastOf = (world: SendingWorld, asked: Message) => world.messages.get(asked.messageId)?.history.at(-1);

describe("a message that is sent after another version was published", () => {
  const policy = (lines: string) =>
    testPlaybook({
      "contact-policy.yaml": `
categories:
  marketing: { consent: express }
  service: { consent: implied }
  transactional: { consent: none, transactional: true }
${lines}`,
      "templates/welcome/email.html": "---\nsubject: Another subject\n---\n<p>Another text.</p>\n",
    });
  const ALL_DAY = 'quietHours: [{ from: "00:00", to: "23:59" }]\n';

  it("keeps to its stricter quiet hours, and sends what the deciding version says when they end", async () => {
    const { world, asked } = begin({ deadline: new Date(NOW + 48 * 3_600_000).toISOString() });
    world.live = await policy(ALL_DAY);
    await world.deliver(requestFor(asked));
    expect(world.sent).toHaveLength(0);
    expect(lastOf(world, asked)).toMatchObject({ status: "requested", reason: "quiet-hours" });
    world.clock = Date.parse(String(world.timers[0]?.due));
    await world.deliver({ ...requestFor(asked), attempt: 1 });
    expect(world.sent).toMatchObject([{ subject: "Welcome, friend" }]);
  });

  it("is not held any more when it was rolled back", async () => {
    const strict = await policy(ALL_DAY);
    const asked = message({ playbook: strict.version });
    const world = sendingWorld(strict, asked);
    await world.deliver(requestFor(asked));
    expect(world.sent).toHaveLength(0);
    world.live = playbook;
    await world.deliver({ ...requestFor(asked), attempt: 1 });
    expect(world.sent).toMatchObject([{ subject: "Another subject" }]);
  });

  it("needs the consent that it asks for now", async () => {
    const { world, asked } = begin();
    world.live = await policy("consentExpiry: [{ kind: express, after: PT30M }]\n");
    await world.deliver(requestFor(asked));
    expect(lastOf(world, asked)).toMatchObject({ status: "rejected", reason: "consent" });
    expect(world.sent).toHaveLength(0);
  });

  it("treats a category that it does not know as the strictest", async () => {
    const { world, asked } = begin({ category: "service", action: "welcome" });
    world.record = customer({ consent: [{ topic: "service", kind: "implied" }] });
    const { "contact-policy.yaml": _, ...files } = testFiles();
    const without =
      "categories:\n  marketing: { consent: express }\n  transactional: { consent: none, transactional: true }\n";
    world.live = await testPlaybook({ ...files, "contact-policy.yaml": without });
    await world.deliver(requestFor(asked));
    expect(lastOf(world, asked)).toMatchObject({ status: "rejected", reason: "consent" });
  });
});
