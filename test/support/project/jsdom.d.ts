/** The little of jsdom that tests use: it ships without types. */
declare module "jsdom" {
  export class JSDOM {
    constructor(
      html: string,
      options: { url: string; runScripts: "dangerously"; pretendToBeVisual: boolean },
    );
    readonly window: {
      eval(code: string): unknown;
      close(): void;
      readonly [name: string]: unknown;
    };
  }
}
