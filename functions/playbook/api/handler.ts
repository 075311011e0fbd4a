import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { dynamo } from "#runtime/aws.ts";
import { systemClock } from "#runtime/clock.ts";
import { readEnv } from "#runtime/env.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { playbookCalls } from "./playbooks.ts";

const { playbooksTable } = readEnv("playbooksTable");
const store = dynamoPlaybookStore({ client: dynamo(), table: playbooksTable });

export const handler = httpHandler(
  { scope: "playbooks:write" },
  playbookCalls({ store, clock: systemClock, renderMjml }),
);
