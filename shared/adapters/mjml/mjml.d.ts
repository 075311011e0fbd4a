/** MJML 5 ships no types. Only what we call. */
declare module "mjml" {
  export default function mjml2html(
    source: string,
    options?: { readonly validationLevel?: "strict" | "soft" | "skip"; readonly ignoreIncludes?: boolean },
  ): Promise<{
    readonly html: string;
    readonly errors: readonly { readonly line: number; readonly message: string }[];
  }>;
}
