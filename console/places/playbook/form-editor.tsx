import { useMemo, useRef, useState } from "react";
import { Button } from "#console/ui/button.tsx";
import { Choice } from "#console/ui/choice.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { toast } from "#console/ui/toast.tsx";
import { useWords } from "#console/words/language.tsx";
import { editYaml, readYamlForm, type YamlForm } from "#domain/draft/edit/yaml-edit.ts";
import { pathAt, placeIn, spanAt } from "#domain/draft/edit/yaml-places.ts";
import type { YamlEdit, YamlPath } from "#domain/draft/edit/yaml-tree.ts";
import type { EditorProps } from "./editor-props.ts";
import { MapEntries } from "./forms/entries.tsx";
import { GroupFields } from "./forms/fields.tsx";
import { FormProvider, findingsAt, type PlacedFinding } from "./forms/form-context.ts";
import { formWords } from "./forms/form-words.ts";
import styles from "./forms/forms.module.css";
import { declaredIn } from "./forms/known-names.ts";
import { rootPlace } from "./forms/place.ts";
import { Said } from "./forms/said.tsx";
import type { Shape } from "./forms/shapes.ts";
import type { OpenFile } from "./open-files.ts";
import { TextEditor } from "./text-editor.tsx";

type FormEditorProps = EditorProps & {
  readonly shape: Shape;
  readonly files: ReadonlyMap<string, OpenFile>;
};

const VIEWS = ["form", "both", "text"] as const;
/** How one looks at files stays while one goes from one to the next. */
let lastView: (typeof VIEWS)[number] = "both";

/** So many changes can be taken back. */
const MOST_STEPS = 100;

/** A file as a form and as its text: two views of the same, either of which may be written in. */
export const FormEditor = (props: FormEditorProps) => {
  const { text, readOnly, onText } = props;
  const { words } = useWords(formWords);
  const [view, setView] = useState(lastView);
  const [past, setPast] = useState<readonly string[]>([]);
  const [at, setAt] = useState<YamlPath | null>(null);
  const form = useMemo(() => readYamlForm(text), [text]);
  const latest = useRef(text);
  latest.current = text;
  const show = (next: typeof lastView): void => {
    lastView = next;
    setView(next);
  };
  const edit = (change: YamlEdit): void => {
    const before = latest.current;
    const next = editYaml(before, change);
    if (next === null) toast(words.notEdited);
    if (next === null || next === before) return;
    latest.current = next;
    setPast((steps) => [...steps, before].slice(-MOST_STEPS));
    onText(next);
  };
  const undo = (): void => {
    const before = past.at(-1);
    if (before === undefined) return;
    setPast(past.slice(0, -1));
    onText(before);
  };
  const span = form === null || at === null ? null : spanAt(form.document, at);
  return (
    <div className={styles.form}>
      <div className={styles.head}>
        <Choice
          label={words.view}
          value={view}
          onChange={show}
          options={[
            { name: "form", title: words.asForm },
            { name: "both", title: words.both },
            { name: "text", title: words.asText },
          ]}
        />
        {!readOnly && view !== "text" && (
          <Button look="plain" disabled={past.length === 0} onClick={undo}>
            {words.undo}
          </Button>
        )}
      </div>
      <div className={styles.sides} data-both={view === "both" ? "" : undefined}>
        {view !== "text" && <Form {...props} form={form} edit={edit} onAt={setAt} />}
        {view !== "form" && (
          <div className={styles.beside}>
            <TextEditor {...props} {...(span === null ? {} : { here: span })} />
          </div>
        )}
      </div>
    </div>
  );
};

type FormProps = FormEditorProps & {
  readonly form: YamlForm | null;
  readonly edit: (edit: YamlEdit) => void;
  readonly onAt: (path: YamlPath) => void;
};

const Form = ({ shape, form, text, findings, files, readOnly, edit, onAt }: FormProps) => {
  const { words } = useWords(formWords);
  const declared = useMemo(() => declaredIn(files), [files]);
  const placed = useMemo(
    () =>
      form === null
        ? []
        : findings.map(
            (finding): PlacedFinding => ({
              ...finding,
              path: pathAt(form.document, placeIn(text, finding.line, finding.column)),
            }),
          ),
    [form, findings, text],
  );
  if (form === null) return <EmptyState title={words.badForm} />;
  const place = rootPlace(form.value);
  return (
    <FormProvider value={{ edit, findings: placed, declared, readOnly, onAt }}>
      <div className={styles.form}>
        {shape.kind === "group" && <GroupFields place={place} group={shape} />}
        {shape.kind === "map" && (
          <>
            <Said findings={findingsAt(placed, [])} />
            <MapEntries field={{ name: "", shape }} label="" place={place} wrong={undefined} shape={shape}>
              {(entry) => <GroupFields place={entry} group={shape.entry} />}
            </MapEntries>
          </>
        )}
      </div>
    </FormProvider>
  );
};
