import type * as z from "zod/mini";
import { ActionFile } from "./action-file.ts";
import { AnswerFile } from "./answer-file.ts";
import { ContactPolicyFile } from "./contact-policy-file.ts";
import { ConversationsFile } from "./conversations-file.ts";
import { DataModelFile } from "./data-model-file.ts";
import { ExperimentsFile } from "./experiments-file.ts";
import { JourneyFile } from "./journey-file.ts";
import { LearningFile } from "./learning-file.ts";
import { PlaybookFile } from "./playbook-file.ts";
import { RepliesFile } from "./replies-file.ts";
import { SegmentsFile } from "./segments-file.ts";
import { SendFile } from "./send-file.ts";
import { SourcesFile } from "./sources-file.ts";
import { TestFile } from "./test-file.ts";
import { TriggersFile } from "./triggers-file.ts";
import { WebhooksFile } from "./webhooks-file.ts";

/** The shapes of a playbook's own YAML files, under the names by which docs/playbook.md heads them. */
export const YAML_FILES: readonly (readonly [string, z.ZodMiniType])[] = [
  ["playbook.yaml", PlaybookFile],
  ["data-model.yaml", DataModelFile],
  ["contact-policy.yaml", ContactPolicyFile],
  ["actions/<name>.yaml", ActionFile],
  ["triggers.yaml", TriggersFile],
  ["journeys/<name>.yaml", JourneyFile],
  ["sends/<name>.yaml", SendFile],
  ["segments.yaml", SegmentsFile],
  ["sources.yaml", SourcesFile],
  ["learning.yaml", LearningFile],
  ["experiments.yaml", ExperimentsFile],
  ["conversations.yaml", ConversationsFile],
  ["answers/<name>.yaml", AnswerFile],
  ["replies.yaml", RepliesFile],
  ["webhooks.yaml", WebhooksFile],
  ["tests/<name>.yaml", TestFile],
];
