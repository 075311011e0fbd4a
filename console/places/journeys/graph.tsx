import { useMemo } from "react";
import type { Journey } from "#client/api.generated.ts";
import { Badge } from "#console/ui/badge.tsx";
import { classes } from "#console/ui/classes.ts";
import look from "#console/ui/look.module.css";
import { wordFor } from "#console/words/catalogue.ts";
import type { Formats } from "#console/words/formats.ts";
import { useWords } from "#console/words/language.tsx";
import { type FlowStep, STOP, type Way } from "./flow.ts";
import styles from "./graph.module.css";
import { BOX, type Drawing, drawFlow, type Line, type Point } from "./layout.ts";
import { journeyWords } from "./words.ts";

type GraphProps = {
  readonly journey: Journey;
  readonly flow: readonly FlowStep[];
  readonly chosen: string | undefined;
  readonly onChoose: (step: string | undefined) => void;
};

/** Steps that the file does not draw stand there all the same: people may be in them. */
const wholeFlow = (flow: readonly FlowStep[], { steps }: Journey): readonly FlowStep[] =>
  flow.length > 0 ? flow : steps.map(({ step }) => ({ name: step, about: "", ways: [] }));

/** A journey as its file draws it. Each step is a button in the order of the file; the lines between are seen alone. */
export const Graph = ({ journey, flow, chosen, onChoose }: GraphProps) => {
  const { words } = useWords(journeyWords);
  const whole = useMemo(() => wholeFlow(flow, journey), [flow, journey]);
  const drawing = useMemo(() => drawFlow(whole), [whole]);
  const stop = drawing.boxes.get(STOP);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={styles.scroll} aria-label={words.steps} tabIndex={0}>
      <div className={styles.graph} style={{ width: drawing.width, height: drawing.height }}>
        <Lines drawing={drawing} />
        <ol>
          {whole.map((step, place) => (
            <li key={step.name} className={styles.place} style={cornerOf(drawing.boxes.get(step.name))}>
              <Step
                step={step}
                journey={journey}
                isFirst={place === 0}
                isChosen={step.name === chosen}
                onChoose={() => onChoose(step.name === chosen ? undefined : step.name)}
              />
            </li>
          ))}
        </ol>
        {stop !== undefined && (
          <p className={classes(styles.place, styles.stop)} style={cornerOf(stop)} aria-hidden="true">
            <span>{words.stop}</span>
          </p>
        )}
      </div>
    </section>
  );
};

const cornerOf = (corner: Point | undefined) => ({
  left: corner?.x ?? 0,
  top: corner?.y ?? 0,
  width: BOX.width,
});

const Step = ({
  step,
  journey,
  isFirst,
  isChosen,
  onChoose,
}: {
  readonly step: FlowStep;
  readonly journey: Journey;
  readonly isFirst: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) => {
  const { words, formats } = useWords(journeyWords);
  const stands = journey.steps.find((one) => one.step === step.name);
  const { kind = "", inside = 0, oldest = null } = stands ?? {};
  return (
    <button
      type="button"
      className={styles.step}
      aria-pressed={isChosen}
      title={step.description}
      onClick={onChoose}
    >
      <span className={styles.name}>
        <strong>{step.name}</strong>
        {isFirst && <span className={look.small}>{words.begin}</span>}
      </span>
      <span className={styles.about}>
        {wordFor(words.kinds, kind)}{" "}
        {[step.about, step.lasts === undefined ? "" : formats.duration(step.lasts)]
          .filter(Boolean)
          .join(", ")}
      </span>
      <span className={styles.who}>
        {inside === 0 ? (
          <span className={look.small}>{words.nobody}</span>
        ) : (
          <>
            <Badge tone="good">{formats.count(inside, words.here)}</Badge>
            {oldest !== null && (
              <span className={look.small}>{words.longest(agoOrDay(oldest, formats))}</span>
            )}
          </>
        )}
      </span>
    </button>
  );
};

const WEEK_MS = 7 * 24 * 3_600_000;
/** A date with its year is longer than a box is wide. */
const agoOrDay = (at: string, formats: Formats): string =>
  Date.now() - Date.parse(at) > WEEK_MS ? formats.day(at.slice(0, 10)) : formats.ago(at, Date.now());

/** A curve from point to point that leaves and comes in upright. */
const curve = (points: readonly Point[]): string =>
  points
    .map(({ x, y }, at) => {
      const before = points[at - 1];
      if (before === undefined) return `M${x} ${y}`;
      const bend = (y - before.y) / 2;
      return before.y === y
        ? `H${x}`
        : before.x === x
          ? `V${y}`
          : `C${before.x} ${before.y + bend} ${x} ${y - bend} ${x} ${y}`;
    })
    .join("");

/** Longer words would lie over other lines; the step's own file says them whole. */
const LONGEST_WORD = 26;

const useWayWords = () => {
  const { words } = useWords(journeyWords);
  return ({ by, said = "" }: Way): string => {
    if (by === "otherwise") return words.otherwise;
    return said.length > LONGEST_WORD ? `${said.slice(0, LONGEST_WORD - 1)}…` : said;
  };
};

const Lines = ({ drawing: { width, height, lines } }: { readonly drawing: Drawing }) => {
  const said = useWayWords();
  return (
    <svg className={styles.lines} width={width} height={height} aria-hidden="true">
      <defs>
        <marker id="way" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M1 1 7 4 1 7" fill="none" stroke="currentColor" />
        </marker>
      </defs>
      {lines.map((line) => (
        <g key={keyOf(line)} data-by={line.way.by}>
          <path d={curve(line.points)} markerEnd="url(#way)" />
          <text {...wordPlace(line)}>{said(line.way)}</text>
        </g>
      ))}
    </svg>
  );
};

const keyOf = ({ from, way }: Line): string => [from, way.by, way.to, way.said ?? ""].join(" ");

/** Words of a way stand beside its first bend. */
const wordPlace = ({ points: [begin, next] }: Line): Point => ({
  x: ((begin?.x ?? 0) + (next?.x ?? 0) * 2) / 3 + 4,
  y: ((begin?.y ?? 0) + (next?.y ?? 0) * 2) / 3 + 4,
});
