import { action, type Mistake, PLAYBOOK } from "./mistake.ts";

export const MISTAKES_IN_TEMPLATES_AND_FILES: readonly Mistake[] = [
  {
    what: "Liquid that does not parse",
    files: {
      "templates/welcome/email.html": "---\nsubject: Hi\n---\n<p>\n{% if customer.age %}never closed</p>\n",
    },
    at: "templates/welcome/email.html:5:1",
    code: "liquid",
  },
  {
    what: "an unknown filter in a subject",
    files: {
      "templates/welcome/email.html": "---\nsubject: Hi {{ customer.age | round2 }}\n---\n<p>x</p>\n",
    },
    at: "templates/welcome/email.html:2:13",
    code: "liquid",
  },
  {
    what: "an unknown trait in a template",
    files: { "templates/welcome/email.html": "---\nsubject: Hi\n---\n<p>\n  {{ customer.fistName }}</p>\n" },
    at: "templates/welcome/email.html:5:6",
    code: "unknown-trait",
    expected: 'did you mean "firstName"?',
    severity: "warning",
  },
  {
    what: "a template's parameter that nothing fills",
    files: {
      "actions/welcome.yaml": action("treatments: [{ channel: whatsapp }]\n"),
      "templates/welcome/email.html": null,
      "templates/welcome/whatsapp.yaml":
        'template:\n  name: welcome\n  body: "Hi {{1}} and {{2}}"\n  parameters:\n    - Ada\n',
    },
    at: "templates/welcome/whatsapp.yaml:5:5",
    code: "wrong-content",
    expected: "parameters for {{1}}, {{2}}",
  },
  {
    what: "an action that goes out only to whom has just written",
    files: {
      "actions/welcome.yaml": action("treatments: [{ channel: whatsapp }]\n"),
      "templates/welcome/email.html": null,
      "templates/welcome/whatsapp.txt": "Hi\n",
    },
    at: "actions/welcome.yaml:3:14",
    code: "window",
    expected: "a treatment with a template beside it",
    severity: "warning",
  },
  {
    what: "an unknown root in a push text",
    files: {
      "actions/welcome.yaml": action("treatments: [{ channel: push }]\n"),
      "templates/welcome/email.html": null,
      "templates/welcome/push.yaml": "title: Hi\nbody: Hello {{ custmer.firstName }}\n",
    },
    at: "templates/welcome/push.yaml:2:16",
    code: "unknown-variable",
    expected: 'did you mean "customer"?',
    severity: "warning",
  },
  {
    what: "a template that would include another",
    files: { "templates/welcome/email.html": "---\nsubject: Hi\n---\n<p>{% render 'footer' %}</p>\n" },
    at: "templates/welcome/email.html:4:4",
    code: "liquid",
    expected: "mj-include",
  },
  {
    what: "a link that data leads anywhere",
    files: {
      "templates/welcome/email.html":
        '---\nsubject: Hi\n---\n<p>\n  <a href="{{ event.url | default: brand.website }}">x</a></p>\n',
    },
    at: "templates/welcome/email.html:5:12",
    code: "open-link",
    expected: "brand.links",
    severity: "warning",
  },
  {
    what: "a host that data begins",
    files: {
      "playbook.yaml": PLAYBOOK.replace("  postal", "  links: [shop.example]\n  postal"),
      "templates/welcome/email.html":
        '---\nsubject: Hi\n---\n<p><img src="https://{{ customer.city }}.img.example/1.png"></p>\n',
    },
    at: "templates/welcome/email.html:4:14",
    code: "open-link",
    expected: '"*.img.example"',
    severity: "warning",
  },
  {
    what: "a text message that may hold any link",
    files: { "templates/cart-reminder/sms.txt": "Your cart is waiting: {{ event.url }}\n" },
    at: "templates/cart-reminder/sms.txt:1:23",
    code: "open-link",
    expected: "brand.links",
    severity: "warning",
  },
  {
    what: "a host with its scheme",
    files: {
      "playbook.yaml": PLAYBOOK.replace("  postal", "  links: [ok.example, https://shop.example]\n  postal"),
    },
    at: "playbook.yaml:6:23",
    code: "invalid-value",
    expected: "without https://",
  },
  {
    what: "a language whose words are left in part to English",
    files: {
      "playbook.yaml": PLAYBOOK.replace(
        "  postal",
        "  words: { da: { save: Gem }, de: { save: Sichern } }\n  postal",
      ),
    },
    at: "playbook.yaml:6:16",
    code: "missing-words",
    severity: "warning",
  },
  {
    what: "a word that the hub does not say",
    files: { "playbook.yaml": PLAYBOOK.replace("  postal", "  words: { da: { savee: Gem } }\n  postal") },
    at: "playbook.yaml:6:18",
    code: "invalid-name",
    expected: "unsubscribe",
  },
  {
    what: "words with Liquid in them",
    files: {
      "playbook.yaml": PLAYBOOK.replace("  postal", "  words: { de: { save: 'Gem {{ x }}' } }\n  postal"),
    },
    at: "playbook.yaml:6:24",
    code: "invalid-value",
    expected: "{brand} and {topics}",
  },
  {
    what: "a link to an app that no setting names",
    files: { "templates/welcome/email.html": '---\nsubject: Hi\n---\n<a href="ShopApp://cart">x</a>\n' },
    at: "templates/welcome/email.html:4:10",
    code: "dead-link",
    expected: "brand.linkSchemes in playbook.yaml with shopapp",
    severity: "warning",
  },
  {
    what: "a link that runs code",
    files: {
      "templates/welcome/email.html": '---\nsubject: Hi\n---\n<a href="javascript&colon;x()">x</a>\n',
    },
    at: "templates/welcome/email.html:4:10",
    code: "dead-link",
    expected: "runs no code",
    severity: "warning",
  },
  {
    what: "a setting that lets links run code",
    files: {
      "playbook.yaml": PLAYBOOK.replace("  postal", "  linkSchemes: [tel, JavaScript]\n  postal"),
    },
    at: "playbook.yaml:6:22",
    code: "invalid-value",
    expected: "run code",
  },
  {
    what: "a scheme with what stands behind it",
    files: { "playbook.yaml": PLAYBOOK.replace("  postal", '  linkSchemes: ["shopapp://"]\n  postal') },
    at: "playbook.yaml:6:17",
    code: "invalid-value",
    expected: "without ://",
  },
  {
    what: "every host of the world",
    files: { "playbook.yaml": PLAYBOOK.replace("  postal", '  links: ["*.example"]\n  postal') },
    at: "playbook.yaml:6:11",
    code: "invalid-value",
    expected: "*.shop.example",
  },
  {
    what: "a mail without a subject",
    files: { "templates/welcome/email.html": "<p>x</p>\n" },
    at: "templates/welcome/email.html:1:1",
    code: "missing-part",
  },
  {
    what: "a field that the head of a mail does not have",
    files: { "templates/welcome/email.html": "---\nsubjct: Hi\n---\n<p>x</p>\n" },
    at: "templates/welcome/email.html:2:1",
    code: "unknown-field",
    expected: 'did you mean "subject"?',
  },
  {
    what: "a field that the head of a mail in MJML does not have",
    files: {
      "templates/welcome/email.html": null,
      "templates/welcome/email.mjml":
        "---\nsubjct: Hi\n---\n<mjml><mj-body><mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section></mj-body></mjml>",
    },
    at: "templates/welcome/email.mjml:2:1",
    code: "unknown-field",
  },
  {
    what: "a push without a body",
    files: { "templates/welcome/push.yaml": "title: Hi\n" },
    at: "templates/welcome/push.yaml:1:1",
    code: "missing-field",
  },
  {
    what: "a template's name that says nothing",
    files: { "templates/welcome/email.de.mjlm": "x" },
    at: "templates/welcome/email.de.mjlm:1:1",
    code: "template-name",
  },
  {
    what: "an unknown MJML element",
    files: {
      "templates/welcome/email.html": null,
      "templates/welcome/email.mjml":
        "---\nsubject: Hi\n---\n<mjml><mj-body>\n<mj-section><mj-column><mj-txet>x</mj-txet></mj-column></mj-section>\n</mj-body></mjml>",
    },
    at: "templates/welcome/email.mjml:5:1",
    code: "mjml",
  },
  {
    what: "an include that is not there",
    files: {
      "templates/welcome/email.html": null,
      "templates/welcome/email.mjml":
        '---\nsubject: Hi\n---\n<mjml><mj-body>\n<mj-include path="../_shared/x.mjml" /></mj-body></mjml>',
    },
    at: "templates/welcome/email.mjml:5:1",
    code: "missing-include",
  },
  {
    what: "a template nobody uses",
    files: { "templates/spare/sms.txt": "Hello" },
    at: "templates/spare/sms.txt:1:1",
    code: "unused-template",
    severity: "warning",
  },
  {
    what: "a file that is no part of a playbook",
    files: { "segmnts.yaml": "" },
    at: "segmnts.yaml:1:1",
    code: "unknown-file",
    expected: 'did you mean "segments.yaml"?',
    severity: "warning",
  },
  {
    what: "YAML that is none",
    files: { "segments.yaml": "vip: [1\n" },
    at: "segments.yaml:2:1",
    code: "yaml",
  },
  {
    what: "a rule with a colon that YAML takes for a map",
    files: { "segments.yaml": "vip: f(a: 1)\n" },
    at: "segments.yaml:1:6",
    code: "yaml",
    expected: "in quotes",
  },
  {
    what: "an event pattern that EventBridge does not know",
    files: {
      "sources.yaml":
        "till:\n  match: { detail: { x: [{ like: a }] } }\n  customer: { email: envelope.detail.email }\n  event: Signed Up\n",
    },
    at: "sources.yaml:2:10",
    code: "pattern",
  },
  {
    what: "a cloud event about nobody we could know",
    files: {
      "sources.yaml":
        "till:\n  match: { source: [till] }\n  customer: { emial: envelope.detail.email }\n  event: Signed Up\n",
    },
    at: "sources.yaml:3:15",
    code: "unknown-identifier",
    expected: 'did you mean "email"?',
  },
  {
    what: "a DMN file that is no XML",
    files: { "decisions/x.dmn": "<definitions" },
    at: "decisions/x.dmn:1:13",
    code: "dmn-xml",
  },
  {
    what: "no playbook.yaml",
    files: { "playbook.yaml": null },
    at: "playbook.yaml:1:1",
    code: "missing-file",
  },
];
