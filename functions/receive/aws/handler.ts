import { INBOUND } from "#providers/all.inbound.ts";
import { readEnv, readVariable } from "#runtime/env.ts";
import {
  customerStore,
  inbox,
  messageStore,
  originals,
  playbookDocuments,
  suppressionStore,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { receiveMessages } from "#usecases/receive/receive-messages.ts";
import { readPayload } from "./read-payload.ts";

const deps = {
  originals: originals(),
  inbox: await inbox(),
  suppressions: await suppressionStore(),
  messages: messageStore(),
  customers: await customerStore(),
  playbooks: playbookDocuments(),
  ...system,
};

/** Services of AWS are reached by the account itself: there is one. */
const ACCOUNT = "default";

/** Services of AWS fetch by the rights of the function: nothing is secret. */
const BY_RIGHTS = {
  secret: () => "",
  setting: readVariable,
  bucket: readEnv("originalsBucket").originalsBucket,
};

/** What customers write by services of AWS. The original is kept as it came, so the body is read as text. */
export const handler = workerHandler(
  async function receive({ body }) {
    const payload = String(body);
    const { provider, readings } = readPayload(payload, ACCOUNT, deps.clock.now());
    const fetch = INBOUND.get(provider)?.media;
    const media = fetch === undefined ? {} : { media: { ...BY_RIGHTS, fetch } };
    await receiveMessages(deps, { way: { provider, account: ACCOUNT }, payload, readings, ...media });
  },
  { read: (text) => text },
);
