import { dynamoPlaybookStore } from "../../../shared/adapters/dynamodb/playbook-store.ts";
import { renderMjml } from "../../../shared/adapters/mjml/render-mjml.ts";
import { dynamo } from "../../../shared/runtime/aws.ts";
import { systemClock } from "../../../shared/runtime/clock.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { httpHandler } from "../../../shared/runtime/http/http-handler.ts";
import { playbookCalls } from "./playbooks.ts";

const { playbooksTable } = readEnv("playbooksTable");
const store = dynamoPlaybookStore({ client: dynamo(), table: playbooksTable });

export const handler = httpHandler(
  { scope: "playbooks:write" },
  playbookCalls({ store, clock: systemClock, renderMjml }),
);
