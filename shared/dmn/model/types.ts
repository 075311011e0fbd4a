import type { SourceText } from "../source/source-text.ts";
import type { XmlAttribute, XmlElement } from "../xml/element.ts";

/** Versions of OMG's "Decision Model and Notation" that are read and written. */
export type DmnVersion = "1.3" | "1.4" | "1.5";

/** What a file holds that this reader does not interpret (diagrams, questions, vendor extensions): kept for writing. */
export interface Uninterpreted {
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
}

/** Common to every element of a model. */
export interface ModelElement {
  /** The element as read, for error positions; absent in a model built by hand. */
  readonly xml?: XmlElement;
  readonly id?: string;
  readonly label?: string;
  readonly description?: string;
  readonly rest?: Uninterpreted;
}

/** A name with the type of its values (`tInformationItem`). */
export interface InformationItem extends ModelElement {
  readonly name: string;
  readonly typeRef?: string;
}

/** FEEL text with the place of that text. */
export interface FeelText extends ModelElement {
  readonly text: string;
  readonly textXml?: XmlElement;
  readonly expressionLanguage?: string;
}

export interface ItemDefinition extends ModelElement {
  readonly name: string;
  readonly typeRef?: string;
  readonly typeLanguage?: string;
  readonly isCollection: boolean;
  readonly allowedValues?: FeelText;
  readonly typeConstraint?: FeelText;
  readonly components: readonly ItemDefinition[];
  readonly functionItem?: FunctionItem;
}

export interface FunctionItem extends ModelElement {
  readonly outputTypeRef?: string;
  readonly parameters: readonly InformationItem[];
}

export interface Import extends ModelElement {
  readonly name: string;
  readonly namespace: string;
  readonly importType: string;
  readonly locationURI?: string;
}

interface ExpressionBase extends ModelElement {
  readonly typeRef?: string;
}

export interface LiteralExpression extends ExpressionBase {
  readonly kind: "literal";
  readonly text: string;
  readonly textXml?: XmlElement;
  readonly expressionLanguage?: string;
}

export interface ContextEntry extends ModelElement {
  /** Absent for the final result. */
  readonly variable?: InformationItem;
  readonly value?: Expression;
}

export interface ContextExpression extends ExpressionBase {
  readonly kind: "context";
  readonly entries: readonly ContextEntry[];
}

export interface ListExpression extends ExpressionBase {
  readonly kind: "list";
  readonly items: readonly Expression[];
}

export interface RelationRow extends ModelElement {
  readonly cells: readonly Expression[];
}

export interface RelationExpression extends ExpressionBase {
  readonly kind: "relation";
  readonly columns: readonly InformationItem[];
  readonly rows: readonly RelationRow[];
}

export interface Binding extends ModelElement {
  readonly parameter: InformationItem;
  readonly value?: Expression;
}

export interface InvocationExpression extends ExpressionBase {
  readonly kind: "invocation";
  readonly called?: Expression;
  readonly bindings: readonly Binding[];
}

export type FunctionKind = "FEEL" | "Java" | "PMML";

export interface FunctionDefinition extends ExpressionBase {
  readonly kind: "function";
  readonly functionKind: FunctionKind;
  readonly parameters: readonly InformationItem[];
  readonly body?: Expression;
}

/** An expression in an element that says which part of another it is, such as `<then>` (`tChildExpression`). */
export interface ExpressionPart extends ExpressionBase {
  readonly value?: Expression;
}

export interface ConditionalExpression extends ExpressionBase {
  readonly kind: "conditional";
  readonly if?: ExpressionPart;
  readonly then?: ExpressionPart;
  readonly else?: ExpressionPart;
}

export interface FilterExpression extends ExpressionBase {
  readonly kind: "filter";
  readonly in?: ExpressionPart;
  readonly match?: ExpressionPart;
}

export interface IteratorExpression extends ExpressionBase {
  readonly kind: "for" | "some" | "every";
  readonly iteratorVariable: string;
  readonly in?: ExpressionPart;
  /** `return` of a `for`, `satisfies` of `some` and `every`. */
  readonly body?: ExpressionPart;
}

export type HitPolicy = "UNIQUE" | "ANY" | "PRIORITY" | "FIRST" | "RULE ORDER" | "OUTPUT ORDER" | "COLLECT";
export type Aggregation = "SUM" | "MIN" | "MAX" | "COUNT";

export interface InputClause extends ModelElement {
  readonly expression: FeelText & { readonly typeRef?: string };
  readonly values?: FeelText;
}

export interface OutputClause extends ModelElement {
  readonly name?: string;
  readonly typeRef?: string;
  readonly values?: FeelText;
  readonly defaultEntry?: FeelText;
}

export interface TableRule extends ModelElement {
  readonly inputEntries: readonly FeelText[];
  readonly outputEntries: readonly FeelText[];
  readonly annotations: readonly string[];
}

export interface DecisionTable extends ExpressionBase {
  readonly kind: "table";
  readonly hitPolicy: HitPolicy;
  readonly aggregation?: Aggregation;
  readonly preferredOrientation?: string;
  readonly outputLabel?: string;
  readonly inputs: readonly InputClause[];
  readonly outputs: readonly OutputClause[];
  readonly annotationNames: readonly string[];
  readonly rules: readonly TableRule[];
}

export type Expression =
  | LiteralExpression
  | ContextExpression
  | ListExpression
  | RelationExpression
  | InvocationExpression
  | FunctionDefinition
  | ConditionalExpression
  | FilterExpression
  | IteratorExpression
  | DecisionTable;

/** The expressions that are put together of others. */
export type BoxedExpression = Exclude<Expression, LiteralExpression | FunctionDefinition | DecisionTable>;

/** A requirement: the element that it needs, as `#id` or `namespace#id`. */
export interface Requirement extends ModelElement {
  readonly kind: "input" | "decision" | "knowledge";
  readonly href: string;
}

export interface InputData extends ModelElement {
  readonly kind: "inputData";
  readonly name: string;
  readonly variable: InformationItem;
}

export interface Decision extends ModelElement {
  readonly kind: "decision";
  readonly name: string;
  readonly variable: InformationItem;
  readonly requirements: readonly Requirement[];
  readonly logic?: Expression;
}

export interface BusinessKnowledgeModel extends ModelElement {
  readonly kind: "businessKnowledgeModel";
  readonly name: string;
  readonly variable: InformationItem;
  readonly requirements: readonly Requirement[];
  readonly logic?: FunctionDefinition;
}

export interface DecisionService extends ModelElement {
  readonly kind: "decisionService";
  readonly name: string;
  readonly variable: InformationItem;
  readonly outputDecisions: readonly string[];
  readonly encapsulatedDecisions: readonly string[];
  readonly inputDecisions: readonly string[];
  readonly inputData: readonly string[];
}

export type DrgElement = InputData | Decision | BusinessKnowledgeModel | DecisionService;

/** One DMN file. */
export interface Definitions extends ModelElement {
  readonly name: string;
  readonly namespace: string;
  readonly version: DmnVersion;
  readonly expressionLanguage?: string;
  readonly typeLanguage?: string;
  readonly imports: readonly Import[];
  readonly itemDefinitions: readonly ItemDefinition[];
  readonly drgElements: readonly DrgElement[];
  readonly source: SourceText;
}
