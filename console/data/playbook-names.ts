/** What somebody may look for in a playbook. */
export type PlaybookEntry = {
  readonly kind: "action" | "table" | "treatment" | "segment" | "trigger" | "journey" | "template";
  readonly name: string;
  /** What the playbook says of it. */
  readonly about: string;
  /** Where it stands. */
  readonly file: string;
};

type Playbook = {
  readonly files: Readonly<Record<string, string>>;
  readonly actions: readonly {
    readonly action: string;
    readonly treatments: readonly { readonly treatment: string; readonly channel: string }[];
  }[];
};

/** Names at the beginning of a line, each with all that stands below it. No reader of YAML: the first page is to stay light. */
const ENTRY = /^([^\s#:'"{][^:\n]*|"[^"\n]*"|'[^'\n]*')\s*:([^\n]*(?:\n(?:[ \t#][^\n]*|(?=\n)))*)/gm;
const DECISION = /<(?:\w+:)?decision\s[^>]*?\bname="([^"]*)"/g;
const DESCRIPTION = /^[ \t]*description:[ \t]*(?:>-?|\|-?)?[ \t]*\n?[ \t]*(.*)$/m;
const REFERENCES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
};

const plainName = (name: string): string => name.replace(/^(["'])(.*)\1$/, "$2").trim();
const saidIn = (text: string): string => DESCRIPTION.exec(text)?.[1]?.trim() ?? "";

const entriesIn = (
  files: Playbook["files"],
  file: string,
  kind: PlaybookEntry["kind"],
): readonly PlaybookEntry[] =>
  [...(files[file] ?? "").matchAll(ENTRY)].map(([, name = "", rest = ""]) => ({
    kind,
    name: plainName(name),
    about: saidIn(rest) || (rest.split("\n")[0]?.trim() ?? ""),
    file,
  }));

const decisionsIn = (file: string, text: string): readonly PlaybookEntry[] =>
  [...text.matchAll(DECISION)].map(([, name = ""]) => ({
    kind: "table",
    name: name.replace(/&\w+;/g, (reference) => REFERENCES[reference] ?? reference),
    about: "",
    file,
  }));

const ofFile = (file: string, text: string): readonly PlaybookEntry[] => {
  const [folder = "", name = ""] = file.split("/");
  if (folder === "decisions") return decisionsIn(file, text);
  const plain = name.replace(/\.yaml$/, "");
  if (folder === "journeys") return [{ kind: "journey", name: plain, about: saidIn(text), file }];
  if (folder !== "templates" || name.startsWith("_")) return [];
  return [{ kind: "template", name: `${name} · ${file.split("/").slice(2).join("/")}`, about: "", file }];
};

/** All that has a name in a playbook: actions first, then what belongs to them. */
export const entriesOf = ({ files, actions }: Playbook): readonly PlaybookEntry[] => {
  const own = actions.flatMap(({ action, treatments }): readonly PlaybookEntry[] => {
    const file = `actions/${action}.yaml`;
    const about = saidIn(files[file] ?? "");
    const named = treatments.filter(({ treatment }) => treatment !== action);
    return [
      { kind: "action", name: action, about, file },
      ...named.map(
        ({ treatment, channel }): PlaybookEntry => ({
          kind: "treatment",
          name: treatment,
          about: `${action} · ${channel}`,
          file,
        }),
      ),
    ];
  });
  return [
    ...own,
    ...Object.entries(files).flatMap(([file, text]) => ofFile(file, text)),
    ...entriesIn(files, "segments.yaml", "segment"),
    ...entriesIn(files, "triggers.yaml", "trigger"),
  ];
};

/** Nobody looks through more. */
const MOST = 8;

/** What is called by a text, those first whose name begins with it; then what says it of itself. */
export const entriesNamed = (entries: readonly PlaybookEntry[], text: string): readonly PlaybookEntry[] => {
  const wanted = text.trim().toLowerCase();
  if (wanted.length < 2) return [];
  const rank = ({ name, about }: PlaybookEntry): number => {
    const at = name.toLowerCase().indexOf(wanted);
    if (at === 0) return 0;
    if (at > 0) return 1;
    return wanted.length > 2 && about.toLowerCase().includes(wanted) ? 2 : -1;
  };
  return entries
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter((one) => one.rank >= 0)
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, MOST)
    .map(({ entry }) => entry);
};
