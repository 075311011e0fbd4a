import { catalogue } from "#console/words/catalogue.ts";

/** What a sentence says of a variant beside the control, written as the reader writes numbers. */
type Comparison = {
  readonly variant: string;
  readonly difference: string;
  readonly control: string;
  readonly low: string;
  readonly high: string;
};

export const outcomeWords = catalogue(
  {
    title: "Outcomes",
    views: "What to look at",
    results: "Results",
    experiments: "Experiments",
    models: "Models",
    by: "By",
    days: "Days",
    lastDays: { one: "Last # day", other: "Last # days" },
    chart: "Day by day",
    chartSaid: "The table below has the same figures.",
    table: "What came of what was decided",
    total: "All together",
    none: "(none)",
    cut: "There are more lines than are shown. Take fewer days, or one dimension.",
    noneTitle: "Nothing was decided in these days",
    noneText: "Results are counted by the day of the decision, within a minute of what happened.",
    segmentHint: "Only segments with report: true in segments.yaml are counted.",
    refusedTitle: "Nobody was contacted",
    rate: "Share clicked",
    between: (low: string, high: string) => `${low} to ${high}`,
    betweenSaid: "The true share lies in between, in 95 of 100 cases",
    perDecision: "Value each",
    noExperiments: "The live playbook has no experiment",
    noExperimentsText:
      "One is declared in experiments.yaml: variants, their weights, and the goals they are measured by.",
    variant: "Variant",
    customers: "Customers",
    mean: "Mean",
    difference: "Difference",
    control: "control",
    mismatch: (p: string) =>
      `The groups do not have the sizes they should (p = ${p}): something loses customers. Trust no difference before that is found.`,
    better: ({ variant, difference, control, low, high }: Comparison) =>
      `${variant} brings ${difference} more a customer than ${control}; the truth lies between ${low} and ${high} in 95 of 100 such cases.`,
    worse: ({ variant, difference, control, low, high }: Comparison) =>
      `${variant} brings ${difference} a customer beside ${control}: it does harm. The truth lies between ${low} and ${high} in 95 of 100 such cases.`,
    undecided: (variant: string, low: string, high: string) =>
      `${variant}: not decided yet. The difference lies between ${low} and ${high}, which may be none. Let it go on.`,
    tooFew: (variant: string) => `${variant}: too few customers to say anything.`,
    interval: "95 in 100",
    noModel: "The live playbook does not learn",
    noModelText:
      "learning.yaml says what counts as success; then each decision learns from what came of those before.",
    learnt: "What was learnt",
    learner: "Learner",
    evidence: "Evidence",
    positives: "Successes",
    share: "Rate",
    separation: "Tells apart",
    separationHint:
      "How often, of two customers, the one who took it was expected likelier to: 0.5 is chance, 1 is always.",
    calibration: "Expected and happened",
    calibrationOf: (action: string, channel: string) => `${action} by ${channel}`,
    expected: "expected",
    observed: "happened",
    predictors: "Goes by",
    visitors: "From pages that asked for visitors",
  },
  {
    title: "Ergebnisse",
    views: "Was zu sehen ist",
    results: "Ergebnisse",
    experiments: "Experimente",
    models: "Modelle",
    by: "Nach",
    days: "Tage",
    lastDays: { one: "Letzter # Tag", other: "Letzte # Tage" },
    chart: "Tag für Tag",
    chartSaid: "Die Tabelle darunter hat dieselben Zahlen.",
    table: "Was aus dem Entschiedenen wurde",
    total: "Zusammen",
    none: "(keiner)",
    cut: "Es gibt mehr Zeilen, als gezeigt werden. Nehmen Sie weniger Tage oder nur eine Gliederung.",
    noneTitle: "In diesen Tagen wurde nichts entschieden",
    noneText: "Gezählt wird am Tag der Entscheidung, binnen einer Minute nach dem Geschehen.",
    segmentHint: "Gezählt werden nur Segmente mit report: true in segments.yaml.",
    refusedTitle: "Nicht angesprochen",
    rate: "Anteil geklickt",
    between: (low: string, high: string) => `${low} bis ${high}`,
    betweenSaid: "Der wahre Anteil liegt dazwischen, in 95 von 100 Fällen",
    perDecision: "Wert je Stück",
    noExperiments: "Das Playbook hat kein Experiment",
    noExperimentsText:
      "Eines steht in experiments.yaml: Varianten, ihre Gewichte und die Ziele, an denen sie gemessen werden.",
    variant: "Variante",
    customers: "Kunden",
    mean: "Mittel",
    difference: "Unterschied",
    control: "Vergleich",
    mismatch: (p: string) =>
      `Die Gruppen haben nicht die Größe, die sie haben sollten (p = ${p}): Irgendwo gehen Kunden verloren. Trauen Sie keinem Unterschied, bis das gefunden ist.`,
    better: ({ variant, difference, control, low, high }: Comparison) =>
      `${variant} bringt je Kunde ${difference} mehr als ${control}; die Wahrheit liegt in 95 von 100 solchen Fällen zwischen ${low} und ${high}.`,
    worse: ({ variant, difference, control, low, high }: Comparison) =>
      `${variant} bringt je Kunde ${difference} neben ${control}: Es schadet. Die Wahrheit liegt in 95 von 100 solchen Fällen zwischen ${low} und ${high}.`,
    undecided: (variant: string, low: string, high: string) =>
      `${variant}: noch nicht entschieden. Der Unterschied liegt zwischen ${low} und ${high}, vielleicht ist keiner. Lassen Sie es weiterlaufen.`,
    tooFew: (variant: string) => `${variant}: zu wenige Kunden, um etwas zu sagen.`,
    interval: "95 von 100",
    noModel: "Das Playbook lernt nicht",
    noModelText:
      "learning.yaml sagt, was als Erfolg zählt; dann lernt jede Entscheidung aus dem, was aus früheren wurde.",
    learnt: "Was gelernt wurde",
    learner: "Lerner",
    evidence: "Belege",
    positives: "Erfolge",
    share: "Anteil",
    separation: "Trennt",
    separationHint:
      "Wie oft von zwei Kunden der, der annahm, für wahrscheinlicher gehalten wurde: 0,5 ist Zufall, 1 ist immer.",
    calibration: "Erwartet und geschehen",
    calibrationOf: (action: string, channel: string) => `${action} über ${channel}`,
    expected: "erwartet",
    observed: "geschehen",
    predictors: "Geht nach",
    visitors: "Von Seiten, die für Besucher fragten",
  },
);
