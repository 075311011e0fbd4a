/** One attribute: its name as written, the part behind the prefix, and the namespace that the prefix stands for. */
export interface XmlAttribute {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly value: string;
}

/** One element, named as attributes are; `text` joins the character data directly inside it. */
export interface XmlElement {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** Offset of its `<` in the source. */
  readonly at: number;
  /** Offset of the first character after its start tag. */
  readonly contentAt: number;
  /** Offset of the first character after its end tag. */
  readonly end: number;
}
