import { systemClock as clock } from "#runtime/clock.ts";
import { callers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import {
  experimentStore,
  learningReader,
  playbookDocuments,
  providerSums,
  reportReader,
} from "#runtime/stores.ts";
import { experimentCalls } from "./experiments.ts";
import { modelCalls } from "./models.ts";
import { operations } from "./operations.ts";
import { providerCalls } from "./providers.ts";
import { reportCalls } from "./reports.ts";

const playbook = playbookDocuments().current;
const experiments = experimentStore();

export const handler = httpHandler(
  operations,
  {
    showModels: modelCalls({ playbook, learning: learningReader(), clock }),
    showExperiments: experimentCalls({ playbook, experiments }),
    listProviders: providerCalls({ playbook, sums: providerSums(), clock }),
    showReport: reportCalls({ playbook, reports: reportReader(), experiments, clock }),
  },
  callers(),
);
