import { systemClock as clock } from "#runtime/clock.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { experimentStore, learningReader, playbookDocuments } from "#runtime/stores.ts";
import { experimentCalls } from "./experiments.ts";
import { modelCalls } from "./models.ts";

const playbook = playbookDocuments().current;
const models = modelCalls({ playbook, learning: learningReader(), clock });
const experiments = experimentCalls({ playbook, experiments: experimentStore() });

export const handler = httpHandler({ scope: "decide" }, (request) =>
  request.path.endsWith("/experiments") ? experiments() : models(),
);
