import { describe, expect, it } from "vitest";
import { decisionCalls } from "#functions/decide/api/decisions.ts";
import { DecisionAnswer, operations } from "#functions/decide/api/operations.ts";
import { memoryDeciding } from "../../support/decisions/deciding.ts";
import { customer, NOON } from "../../support/decisions/decision.ts";
import { callerOf } from "../../support/handlers/requests.ts";
import { TEST_FILES, testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook({
  "playbook.yaml": `${TEST_FILES["playbook.yaml"]}  email.newsletter.top: { limit: 3, channels: [email] }\n`,
  "actions/tea.yaml":
    "category: transactional\nplacements: [email.newsletter.top]\ntreatments: [{ channel: email, template: tea }]\n",
  "templates/tea/email.html":
    "---\nsubject: Tea for {{ customer.firstName }}\n---\n<p>{{ customer.firstName }}, have some</p>\n",
  "actions/hero.yaml":
    "category: transactional\nplacements: [web.home.hero]\ntreatments: [{ channel: web, template: hero }]\n",
  "templates/hero/web.yaml":
    'headline: "Hello {{ customer.firstName }}"\nlinks: [{ url: "{{ brand.website }}/{{ context.page }}", rank: 1 }]\nhtml: "<b>{{ customer.firstName }}</b>"\n',
  "templates/hero/web.de.yaml": 'headline: "Guten Tag, {{ customer.firstName }}"\n',
});

const contentFor = async (traits: Record<string, string>, placement = "web.home.hero") => {
  const world = memoryDeciding(playbook, NOON);
  world.add(customer({ traits }));
  const call = callerOf(operations, decisionCalls(world.dependencies));
  const body = { customer: "cus_1", placement, context: { page: "tea" } };
  const answer = DecisionAnswer.parse((await call("POST /v1/decisions", { body })).json);
  const params = { id: answer.decisionId };
  const record = DecisionAnswer.parse((await call("GET /v1/decisions/{id}", { params })).json);
  return { shown: answer.actions[0]?.content, kept: record.actions[0] };
};

describe("what is to be shown", () => {
  it("is the template of the chosen treatment, with every text filled in, however deep", async () => {
    const { shown } = await contentFor({ firstName: "Ada" });
    expect(shown).toEqual({
      headline: "Hello Ada",
      links: [{ url: "https://shop.example/tea", rank: 1 }],
      html: "<b>Ada</b>",
    });
  });

  it("is the mail's own template where a mailing asks for its slot, but not before a trigger sends", async () => {
    expect((await contentFor({ firstName: "A & B" }, "email.newsletter.top")).shown).toEqual({
      subject: "Tea for A & B",
      html: "<p>A &amp; B, have some</p>\n",
    });
    expect(await contentFor({ firstName: "Ada" }, "trigger.order-confirmed")).toMatchObject({
      shown: undefined,
      kept: { action: "order-confirmation", channel: "email" },
    });
  });

  it("is in the customer's language", async () => {
    expect((await contentFor({ firstName: "Ada", locale: "de-AT" })).shown).toEqual({
      headline: "Guten Tag, Ada",
    });
  });

  it("is plain text, but escaped where it says that it is HTML", async () => {
    const { shown } = await contentFor({ firstName: "<script>" });
    expect(shown).toMatchObject({ headline: "Hello <script>", html: "<b>&lt;script&gt;</b>" });
  });

  it("is not kept: the record names the treatment", async () => {
    const { kept } = await contentFor({ firstName: "Ada" });
    expect(kept).toMatchObject({ action: "hero", treatment: "hero" });
    expect(JSON.stringify(kept)).not.toContain("Ada");
  });
});
