import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call } from "#console/data/api.ts";
import { Choice } from "#console/ui/choice.tsx";
import { Select, TextField } from "#console/ui/field.tsx";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { useProblemText } from "#console/ui/problem.tsx";
import { useWords } from "#console/words/language.tsx";
import type { EditorProps } from "./editor-props.ts";
import { editorWords } from "./editor-words.ts";
import { isVersion, type TemplatePath, templateOf } from "./files.ts";
import type { OpenFile } from "./open-files.ts";
import styles from "./preview.module.css";
import { TestSend } from "./test-send.tsx";
import { TextEditor } from "./text-editor.tsx";

const PAUSE_MS = 400;

/** A value once it has rested for a while. */
const useRested = <Value,>(value: Value): Value => {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(setRested, PAUSE_MS, value);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
};

type TemplateProps = EditorProps & {
  readonly draftId: string;
  readonly files: ReadonlyMap<string, OpenFile>;
};

/** The words of a message, and beside them the message as the hub renders it, in any of its languages. */
export const TemplateEditor = (props: TemplateProps) => {
  const { words } = useWords(editorWords);
  const template = templateOf(props.path);
  return (
    <div className={styles.sides}>
      <TextEditor {...props} />
      {template === null ? (
        <p className={look.small}>{words.noPreview}</p>
      ) : (
        <Preview {...props} template={template} />
      )}
    </div>
  );
};

const Preview = ({
  draftId,
  path,
  text,
  files,
  template,
}: TemplateProps & { readonly template: TemplatePath }) => {
  const { words } = useWords(editorWords);
  const textOf = useProblemText();
  const [locale, setLocale] = useState(template.locale ?? "");
  const [customer, setCustomer] = useState("");
  const [width, setWidth] = useState<"desktop" | "phone">("desktop");
  const asked = useRested(text);
  const person = useRested(customer.trim());
  const wish = {
    ...(isVersion(draftId) ? { version: draftId } : { draft: draftId, unsaved: { [path]: asked } }),
    treatment: template.template,
    channel: template.channel,
    ...(locale === "" ? {} : { locale }),
    ...(person === "" ? {} : { customer: person }),
  };
  const shown = useQuery({
    queryKey: ["POST /v1/renders", wish],
    queryFn: () => call("POST /v1/renders", { body: wish }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const locales = shown.data?.locales ?? [];
  return (
    <Section title={words.preview}>
      <div className={styles.controls}>
        <Select label={words.language} value={locale} onChange={(event) => setLocale(event.target.value)}>
          <option value="">{words.ownLanguage}</option>
          {[...new Set([...locales, ...(locale === "" ? [] : [locale])])].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <TextField
          label={words.previewCustomer}
          hint={words.previewCustomerHint}
          value={customer}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setCustomer(event.target.value)}
        />
        <Choice
          label={words.width}
          value={width}
          onChange={setWidth}
          options={[
            { name: "desktop", title: words.desktop },
            { name: "phone", title: words.phone },
          ]}
        />
      </div>
      <Languages files={files} template={template} />
      {shown.isError && (
        <p className={look.wrong} role="alert">
          {textOf(shown.error)}
        </p>
      )}
      {shown.data !== undefined && (
        <TestSend
          channel={template.channel}
          shown={{
            subject: asText(shown.data.message.subject),
            html: asText(shown.data.message.html),
            text: asText(shown.data.message.text),
          }}
        />
      )}
      {shown.data !== undefined && (
        <Message message={shown.data.message} width={width} units={shown.data.units} />
      )}
    </Section>
  );
};

/** In which languages the template is written, and which were left behind by this draft. */
const Languages = ({
  files,
  template,
}: {
  readonly files: ReadonlyMap<string, OpenFile>;
  readonly template: TemplatePath;
}) => {
  const { words } = useWords(editorWords);
  const own = [...files].flatMap(([path, { text, base }]) => {
    const found = templateOf(path);
    const isOwn = found?.template === template.template && found.channel === template.channel;
    return isOwn && text !== null ? [{ name: found.locale ?? "", isChanged: text !== base }] : [];
  });
  const every = new Set(
    [...files.keys()].flatMap((path) => {
      const found = templateOf(path);
      return found === null ? [] : [found.locale ?? ""];
    }),
  );
  const written = new Set(own.map(({ name }) => name));
  const missing = [...every].filter((name) => !written.has(name));
  const isTouched = own.some(({ isChanged }) => isChanged);
  const stale = isTouched ? own.filter(({ isChanged }) => !isChanged).map(({ name }) => name) : [];
  const named = (names: readonly string[]): string =>
    names.map((name) => (name === "" ? words.brandLanguage : name)).join(", ");
  return (
    <p className={look.small}>
      {words.writtenIn}: {named([...written])}
      {missing.length > 0 && ` · ${words.missingIn}: ${named(missing)}`}
      {stale.length > 0 && ` · ${words.staleIn}: ${named(stale)}`}
    </p>
  );
};

const asText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** A message as its provider would be given it. A mail stands in a frame in which nothing runs and nothing is fetched. */
const Message = ({
  message,
  width,
  units,
}: {
  readonly message: Readonly<Record<string, unknown>>;
  readonly width: "desktop" | "phone";
  readonly units: number;
}) => {
  const { words, formats } = useWords(editorWords);
  const html = asText(message.html);
  const subject = asText(message.subject);
  const others = Object.entries(message).filter(
    ([name]) => !["html", "subject", "headers", "text"].includes(name),
  );
  return (
    <div className={styles.message} data-width={width}>
      {subject !== undefined && (
        <p>
          <strong>{subject}</strong>
        </p>
      )}
      {html === undefined ? (
        <pre>
          {asText(message.text) ?? others.map(([name, value]) => `${name}: ${show(value)}`).join("\n")}
        </pre>
      ) : (
        <iframe title={words.preview} sandbox="" srcDoc={html} className={styles.frame} />
      )}
      {units > 1 && <p className={look.small}>{formats.count(units, words.parts)}</p>}
    </div>
  );
};

const show = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
