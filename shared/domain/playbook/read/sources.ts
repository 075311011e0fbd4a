import type { PlaybookDocument, TemplateContent } from "../model/document.ts";
import type { PlaybookFinding } from "../model/finding.ts";
import type { ActionFile } from "../schema/action-file.ts";
import type { AnswerFile } from "../schema/answer-file.ts";
import type { ContactPolicyFile } from "../schema/contact-policy-file.ts";
import type { ConversationsFile } from "../schema/conversations-file.ts";
import type { DataModelFile } from "../schema/data-model-file.ts";
import type { ExperimentsFile } from "../schema/experiments-file.ts";
import type { JourneyFile } from "../schema/journey-file.ts";
import type { KnowledgeHead } from "../schema/knowledge-file.ts";
import type { LearningFile } from "../schema/learning-file.ts";
import type { ModelFile } from "../schema/model-file.ts";
import type { PlaybookFile } from "../schema/playbook-file.ts";
import type { RepliesFile } from "../schema/replies-file.ts";
import type { SegmentsFile } from "../schema/segments-file.ts";
import type { SendFile } from "../schema/send-file.ts";
import type { SourcesFile } from "../schema/sources-file.ts";
import type { TestFile } from "../schema/test-file.ts";
import type { TriggersFile } from "../schema/triggers-file.ts";
import type { WebhooksFile } from "../schema/webhooks-file.ts";
import type { readDecisions } from "./read-decisions.ts";
import type { LocatedFile } from "./yaml-file.ts";

/** A file whose shape is right, with the way back to its lines. */
export type Parsed<T> = { readonly file: LocatedFile; readonly value: T };

export type TemplateFile = {
  readonly path: string;
  readonly template: string;
  readonly channel: string;
  /** Null: the brand's own. */
  readonly locale: string | null;
  readonly content: TemplateContent;
  /** The Liquid texts as written, each with the way from a place in it to the place in the file. */
  readonly texts: readonly LiquidText[];
};
export type LiquidText = {
  readonly source: string;
  readonly at: (line: number, column: number) => PlaybookPlace;
};
export type PlaybookPlace = Pick<PlaybookFinding, "file" | "line" | "column" | "beside">;

/** A page as it is written. `locale` null: the brand's own. */
export type KnowledgeSource = Parsed<KnowledgeHead> & {
  readonly name: string;
  readonly locale: string | null;
  readonly body: string;
};

/** All files of a playbook, each read and of the right shape; nothing is checked across files yet. */
export type PlaybookSources = {
  readonly playbook: Parsed<PlaybookFile>;
  readonly dataModel: Parsed<DataModelFile>;
  readonly contactPolicy: Parsed<ContactPolicyFile>;
  readonly actions: readonly Parsed<ActionFile>[];
  readonly triggers: Parsed<TriggersFile>;
  readonly segments: Parsed<SegmentsFile>;
  readonly sources: Parsed<SourcesFile>;
  readonly journeys: readonly Parsed<JourneyFile>[];
  readonly sends: readonly Parsed<SendFile>[];
  readonly answers: readonly Parsed<AnswerFile>[];
  readonly tests: readonly Parsed<TestFile>[];
  /** Null: there is no such file. */
  readonly learning: Parsed<LearningFile> | null;
  readonly experiments: Parsed<ExperimentsFile> | null;
  readonly conversations: Parsed<ConversationsFile> | null;
  readonly replies: Parsed<RepliesFile> | null;
  readonly knowledge: readonly KnowledgeSource[];
  readonly webhooks: Parsed<WebhooksFile> | null;
  readonly models: readonly Parsed<ModelFile>[];
  readonly templates: readonly TemplateFile[];
  readonly decisions: ReturnType<typeof readDecisions> & { readonly files: Readonly<Record<string, string>> };
};

/** What a check looks at: the files as written and what was built of them. */
export type Draft = { readonly sources: PlaybookSources; readonly document: PlaybookDocument };
/** Takes what a check finds: an error keeps the playbook from being published, a warning does not. */
export type Report = Readonly<
  Record<
    PlaybookFinding["severity"],
    (place: PlaybookPlace, code: string, message: string, expected?: string) => void
  >
>;

/** Turns MJML into HTML. Kept out of here because MJML is large: shared/adapters/mjml has it. */
export type RenderMjml = (mjml: string) => Promise<{
  readonly html: string;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}>;
