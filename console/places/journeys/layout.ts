import { type FlowStep, STOP, type Way } from "./flow.ts";

/** Sizes of the drawing, in pixels. */
export const BOX = { width: 240, height: 76 } as const;
const GAP = { across: 32, down: 52 } as const;
/** A way that passes a rank without a step there keeps so much room for itself. */
const LANE = 20;
const MARGIN = 16;

export type Point = { readonly x: number; readonly y: number };
/** A way as it is drawn: through these points, from the foot of one box to the head of another. */
export type Line = { readonly from: string; readonly way: Way; readonly points: readonly Point[] };
export type Drawing = {
  readonly width: number;
  readonly height: number;
  /** The upper left corner of each step's box, and of `stop`. */
  readonly boxes: ReadonlyMap<string, Point>;
  readonly lines: readonly Line[];
};

type Edge = { readonly from: string; readonly way: Way };

/** Ways that lead on, without those that lead back to where a run has been. */
const forwardEdges = (steps: ReadonlyMap<string, FlowStep>): ReadonlySet<Way> => {
  const forward = new Set<Way>();
  const done = new Set<string>();
  const visit = (name: string, path: ReadonlySet<string>): void => {
    if (done.has(name)) return;
    for (const way of steps.get(name)?.ways ?? []) {
      if (path.has(way.to)) continue;
      forward.add(way);
      visit(way.to, new Set([...path, way.to]));
    }
    done.add(name);
  };
  for (const name of steps.keys()) visit(name, new Set([name]));
  return forward;
};

/** How far down each step stands: below all that lead to it. `stop` stands below everything. */
const ranksOf = (
  steps: ReadonlyMap<string, FlowStep>,
  edges: readonly Edge[],
): ReadonlyMap<string, number> => {
  const ranks = new Map([...steps.keys()].map((name) => [name, 0]));
  // At most as many rounds as there are steps: nothing leads in a circle any more.
  for (let round = 0; round < steps.size; round += 1)
    for (const { from, way } of edges)
      if (way.to !== STOP) ranks.set(way.to, Math.max(ranks.get(way.to) ?? 0, (ranks.get(from) ?? 0) + 1));
  if (edges.some(({ way }) => way.to === STOP)) ranks.set(STOP, Math.max(0, ...ranks.values()) + 1);
  return ranks;
};

/** What stands in a rank: a step, or a way that passes. */
type Place = { readonly id: string; readonly width: number; readonly after: string | null };

const laneId = (edge: number, rank: number): string => `${edge} at ${rank}`;

/** Everything rank by rank; each as near as it can be to what leads to it. */
const placesOf = (
  ranks: ReadonlyMap<string, number>,
  edges: readonly Edge[],
): readonly (readonly Place[])[] => {
  const rows: Place[][] = Array.from({ length: Math.max(0, ...ranks.values()) + 1 }, () => []);
  for (const [id, rank] of ranks) {
    const before = edges.find(({ way }) => way.to === id)?.from ?? null;
    rows[rank]?.push({ id, width: BOX.width, after: before });
  }
  edges.forEach(({ from, way }, edge) => {
    const [first, last] = [ranks.get(from) ?? 0, ranks.get(way.to) ?? 0];
    for (let rank = first + 1; rank < last; rank += 1)
      rows[rank]?.push({
        id: laneId(edge, rank),
        width: LANE,
        after: rank === first + 1 ? from : laneId(edge, rank - 1),
      });
  });
  const order = new Map<string, number>();
  return rows.map((row) => {
    const sorted = row.toSorted((a, b) => (order.get(a.after ?? "") ?? 0) - (order.get(b.after ?? "") ?? 0));
    for (const [place, { id }] of sorted.entries()) order.set(id, place / sorted.length);
    return sorted;
  });
};

const widthOf = (row: readonly Place[]): number =>
  row.reduce((sum, { width }) => sum + width + GAP.across, -GAP.across);

/** Draws a journey from its first step down, ways that skip steps beside them, ways back at the right. */
export const drawFlow = (flow: readonly FlowStep[]): Drawing => {
  const steps = new Map(flow.map((step) => [step.name, step]));
  const all: readonly Edge[] = flow.flatMap(({ name, ways }) => ways.map((way) => ({ from: name, way })));
  const forward = forwardEdges(steps);
  const down = all.filter(({ way }) => forward.has(way) && (way.to === STOP || steps.has(way.to)));
  const back = all.filter(({ way }) => !forward.has(way) && steps.has(way.to));
  const ranks = ranksOf(steps, down);
  const rows = placesOf(ranks, down);
  const inner = Math.max(BOX.width, ...rows.map(widthOf));
  const corners = new Map<string, Point>();
  rows.forEach((row, rank) => {
    let x = MARGIN + (inner - widthOf(row)) / 2;
    for (const { id, width } of row) {
      corners.set(id, { x, y: MARGIN + rank * (BOX.height + GAP.down) });
      x += width + GAP.across;
    }
  });
  const middle = (id: string, width: number, y: number): Point => {
    const corner = corners.get(id) ?? { x: 0, y: 0 };
    return { x: corner.x + width / 2, y: corner.y + y };
  };
  const lines = down.map(({ from, way }, edge): Line => {
    const [first, last] = [ranks.get(from) ?? 0, ranks.get(way.to) ?? 0];
    const between = Array.from({ length: Math.max(0, last - first - 1) }, (_, at) =>
      [0, BOX.height].map((y) => middle(laneId(edge, first + 1 + at), LANE, y)),
    ).flat();
    return {
      from,
      way,
      points: [middle(from, BOX.width, BOX.height), ...between, middle(way.to, BOX.width, 0)],
    };
  });
  const right = MARGIN + inner + GAP.across;
  const returns = back.map(({ from, way }, place): Line => {
    const [begin, end] = [middle(from, BOX.width, BOX.height / 2), middle(way.to, BOX.width, BOX.height / 2)];
    const x = right + place * LANE;
    const side = BOX.width / 2;
    return {
      from,
      way,
      points: [
        { x: begin.x + side, y: begin.y },
        { x, y: begin.y },
        { x, y: end.y },
        { x: end.x + side, y: end.y },
      ],
    };
  });
  return {
    width: right + back.length * LANE + MARGIN,
    height: 2 * MARGIN + rows.length * (BOX.height + GAP.down) - GAP.down,
    boxes: new Map([...ranks.keys()].map((id) => [id, corners.get(id) ?? { x: 0, y: 0 }])),
    lines: [...lines, ...returns],
  };
};
