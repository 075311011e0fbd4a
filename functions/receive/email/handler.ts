import { inboundDomains } from "#runtime/inbound-domains.ts";
import { parse } from "#runtime/parse.ts";
import {
  inbox,
  linkKeys,
  messageStore,
  originals,
  playbookDocuments,
  suppressionStore,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { receiveMail } from "./receive-mail.ts";
import { MailKept } from "./schema.ts";

const deps = {
  originals: originals(),
  messages: messageStore(),
  inbox: await inbox(),
  suppressions: await suppressionStore(),
  playbooks: playbookDocuments(),
  linkKeys: await linkKeys(),
  domains: inboundDomains(),
  ...system,
};

/** What customers write by mail. */
export const handler = workerHandler(async function receive({ body }) {
  const { object } = parse(MailKept, body).detail;
  await receiveMail(deps, object.key);
});
