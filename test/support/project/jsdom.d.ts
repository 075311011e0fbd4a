/** The little of jsdom that tests use: it ships without types. */
declare module "jsdom" {
  /** Takes what a page says of its own faults. */
  export class VirtualConsole {}
  export class JSDOM {
    constructor(
      html: string,
      options:
        | { url: string; runScripts: "dangerously"; pretendToBeVisual: boolean }
        | { virtualConsole: VirtualConsole },
    );
    readonly window: {
      readonly document: PageNode;
      eval(code: string): unknown;
      close(): void;
      readonly [name: string]: unknown;
    };
  }
  /** An element (it alone has attributes), a text (`#text`) or a comment (`#comment`). */
  export type PageNode = {
    readonly nodeName: string;
    readonly nodeValue: string | null;
    readonly childNodes: Iterable<PageNode>;
    readonly attributes?: Iterable<{ readonly name: string; readonly value: string }>;
  };
}
