import type { Scope } from "#feel/index.ts";
import type { DmnLimits } from "../source/limits.ts";
import type { SourceText } from "../source/source-text.ts";
import type { ItemType, ItemTypes } from "../types/item-types.ts";
import type { DiagnosticLog } from "./diagnostic-log.ts";
import type { Syntax } from "./syntax.ts";

/** What compiling FEEL text needs to know of the model that it stands in. */
export interface ModelContext {
  readonly source: SourceText;
  readonly log: DiagnosticLog;
  readonly limits: DmnLimits;
  readonly syntax: Syntax;
  /** Default `expressionLanguage` of the model. */
  readonly language: string | undefined;
  /** The names of the model's elements: each may be read by whoever requires it. */
  readonly names: ReadonlySet<string>;
  /** The item definitions that the text may name. */
  readonly types: Scope;
}

/** What compiling FEEL text needs to know of one decision, BKM, service or item definition that it stands in. */
export interface TextContext extends ModelContext {
  /** Its name, for messages. */
  readonly element: string;
}

/** What compiling the logic of one decision, BKM or service needs to know everywhere. */
export interface LogicContext extends TextContext {
  readonly itemTypes: ItemTypes;
  /** The declared types of the input data in scope, which somebody may give unchecked. */
  readonly inputItems: ReadonlyMap<string, ItemType>;
  /** The declared types of the names in scope, for looking at tables; an imported name is `import.name`. */
  readonly items: ReadonlyMap<string, ItemType>;
}
