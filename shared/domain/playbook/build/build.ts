import { CHANNELS } from "#channels/all.ts";
import { withoutAbsent } from "#kernel/json.ts";
import type { Brand, LocalizedTemplate, Placement, PlaybookDocument, Trigger } from "../model/document.ts";
import { DEFAULT_GUARD } from "../model/guard.ts";
import { USUAL_PREFERENCE } from "../model/preferred-channel.ts";
import type { PlaybookSources } from "../read/sources.ts";
import { buildAction } from "./build-action.ts";
import { buildAnswers } from "./build-answers.ts";
import { buildModel } from "./build-company-model.ts";
import { buildContactPolicy } from "./build-contact-policy.ts";
import { buildConversations } from "./build-conversations.ts";
import { buildDataModel } from "./build-data-model.ts";
import { buildExperiments } from "./build-experiments.ts";
import { buildJourney } from "./build-journeys.ts";
import { buildKnowledge } from "./build-knowledge.ts";
import { buildLearning } from "./build-learning.ts";
import { buildReplies } from "./build-replies.ts";
import { buildRoutes } from "./build-routes.ts";
import { buildSends } from "./build-sends.ts";
import { buildCloudSources } from "./build-sources.ts";
import { buildTriggers, triggerPlacement } from "./build-triggers.ts";
import { buildWebhooks } from "./build-webhooks.ts";

/** Makes the document of files that were read: defaults filled in, durations in milliseconds, lists out of maps. */
export const buildDocument = (sources: PlaybookSources): PlaybookDocument => {
  const brand = buildBrand(sources);
  const triggers = buildTriggers(sources);
  const learning = sources.learning === null ? undefined : buildLearning(sources.learning.value);
  return {
    name: sources.playbook.value.name,
    brand,
    dataModel: buildDataModel(sources.dataModel.value, Object.keys(sources.playbook.value.channels)),
    contactPolicy: buildContactPolicy(sources.contactPolicy.value),
    actions: sources.actions.map((source) => buildAction(source, brand.timeZone)),
    triggers,
    segments: Object.entries(sources.segments.value).map(([name, segment]) => ({
      name,
      condition: typeof segment === "string" ? segment : segment.condition,
      ...(typeof segment !== "string" && segment.report === true ? { report: true as const } : {}),
    })),
    ...buildCloudSources(sources.sources.value),
    journeys: sources.journeys.map(buildJourney),
    decisions: sources.decisions.files,
    decisionFunctions: sources.decisions.functions,
    templates: buildTemplates(sources),
    placements: buildPlacements(sources, triggers),
    ...buildPublishing(sources),
    ...buildSends(sources),
    ...buildAnswers(sources),
    ...buildGuard(sources),
    ...buildWebhooks(sources),
    ...buildScoring(sources),
    ...buildPreferredChannel(sources),
    ...(sources.experiments === null
      ? {}
      : { experiments: buildExperiments(sources.experiments.value, brand.timeZone) }),
    ...(sources.conversations === null
      ? {}
      : {
          conversations: buildConversations(sources.conversations.value, {
            holidays: sources.contactPolicy.value.holidays,
            timeZone: brand.timeZone,
          }),
        }),
    ...buildReplies(sources.replies?.value),
    ...buildKnowledge(sources.knowledge, brand),
    ...(learning === undefined ? {} : { learning }),
    ...(sources.models.length === 0
      ? {}
      : { models: sources.models.map((model) => buildModel(model, learning)) }),
  };
};

const buildBrand = ({ playbook: { value } }: PlaybookSources): Brand => {
  const { extra, linkSchemes, ...brand } = withoutAbsent(value.brand);
  const costs = Object.entries(value.channels).flatMap(([channel, { cost }]) =>
    cost === undefined ? [] : [[channel, cost] as const],
  );
  const answering = Object.entries(value.channels).flatMap(([channel, { keywords }]) =>
    keywords === "provider" ? [channel] : [],
  );
  return {
    ...brand,
    ...(linkSchemes === undefined ? {} : { linkSchemes: linkSchemes.map((scheme) => scheme.toLowerCase()) }),
    ...Object.fromEntries(
      [...CHANNELS].flatMap(([name, { sender }]) => {
        const kept = sender?.keep(withoutAbsent(value.channels[name] ?? {}));
        return kept === undefined ? [] : [[name, kept]];
      }),
    ),
    ...buildRoutes(value.channels),
    ...(costs.length === 0 ? {} : { costs: Object.fromEntries(costs) }),
    ...(answering.length === 0 ? {} : { keywordsByProvider: answering }),
    extra: extra ?? {},
  };
};

const buildPublishing = ({ playbook }: PlaybookSources): Pick<PlaybookDocument, "publishing"> => {
  const { people } = playbook.value.publishing ?? {};
  return people === undefined ? {} : { publishing: { people } };
};

const buildGuard = ({ playbook }: PlaybookSources): Pick<PlaybookDocument, "guard"> => {
  const { guard } = playbook.value;
  return guard === undefined ? {} : { guard: { ...DEFAULT_GUARD, ...withoutAbsent(guard) } };
};

/** Weights that add up to 1, whatever unit they were given in. */
const buildScoring = ({ playbook }: PlaybookSources): Pick<PlaybookDocument, "scoring"> => {
  const { scoring } = playbook.value;
  if (scoring === undefined) return {};
  const total = scoring.valueToUs + scoring.valueToCustomer;
  const share = (weight: number): number => weight / total;
  return {
    scoring: { valueToUs: share(scoring.valueToUs), valueToCustomer: share(scoring.valueToCustomer) },
  };
};

const buildPreferredChannel = ({
  playbook: {
    value: { preferredChannel },
  },
}: PlaybookSources): Pick<PlaybookDocument, "preferredChannel"> =>
  preferredChannel === undefined
    ? {}
    : { preferredChannel: { ...USUAL_PREFERENCE, ...withoutAbsent(preferredChannel) } };

const buildTemplates = ({ templates, playbook }: PlaybookSources): PlaybookDocument["templates"] => {
  const built: Record<string, LocalizedTemplate> = {};
  for (const { template, channel, locale, content } of templates) {
    const key = `${template}/${channel}`;
    const at = locale ?? playbook.value.brand.locale;
    // Parts of one message in several files (HTML and text) come together here; the HTML's subject wins.
    const merged = { ...content, ...built[key]?.[at] };
    built[key] = {
      ...built[key],
      [at]: content.html === undefined ? merged : { ...built[key]?.[at], ...content },
    };
  }
  return built;
};

const buildPlacements = (
  { playbook, journeys }: PlaybookSources,
  triggers: readonly Trigger[],
): readonly Placement[] => {
  const declared = Object.entries(playbook.value.placements ?? {}).map(([name, placement]) => ({
    name,
    limit: placement.limit ?? 1,
    ...(placement.perGroup === undefined ? {} : { perGroup: placement.perGroup }),
    channels: placement.channels ?? [],
    ...(placement.public === true ? { public: true as const } : {}),
  }));
  const names = new Set(declared.map(({ name }) => name));
  const asked = [
    ...triggers.flatMap(({ name, placement }) => (placement === triggerPlacement(name) ? [placement] : [])),
    ...journeys.flatMap(({ value }) => Object.values(value.steps).flatMap(({ decide }) => decide ?? [])),
  ];
  const implied = [...new Set(asked)]
    .filter((placement) => !names.has(placement))
    .map((name) => ({ name, limit: 1, channels: [] }));
  return [...declared, ...implied];
};
