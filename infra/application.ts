import { readFileSync } from "node:fs";
import { App, DefaultStackSynthesizer, type IStackSynthesizer, Stack } from "aws-cdk-lib/core";
import { z } from "zod";
import { chosenFunctions, refuseUnknown } from "./chosen.ts";
import type { Acknowledgement, FunctionFolder, Settings } from "./constructs/definition.ts";
import { addFunction } from "./constructs/function-stack.ts";
import { stackName } from "./constructs/names.ts";
import { addApiResources } from "./core/api.ts";
import { addBusResources } from "./core/bus.ts";
import { addDataResources } from "./core/data.ts";
import { addDecisionLogResources } from "./core/decision-log.ts";
import { addObserveResources } from "./core/observe.ts";
import { addOriginalsResources } from "./core/originals.ts";
import { addPeopleResources } from "./core/people.ts";
import { loadDefinition } from "./functions.ts";
import { acknowledge, acknowledgements } from "./nag.ts";
import { readSettings } from "./settings.ts";

interface ApplicationProps {
  readonly functions: readonly FunctionFolder[];
  /** Directory of a function's bundled code. */
  readonly codePath: (folder: FunctionFolder) => string;
  /** Wins over cdk.json; the CDK command's `--context` wins over both. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Where the cloud assembly goes; default: where the CDK command wants it, else a temporary directory. */
  readonly outdir?: string;
  /** Where the stacks will be; default: what the CDK command found out of credentials and profile. */
  readonly region?: string;
  /** Hears what a region does not have; default: the terminal. */
  readonly tell?: (sentence: string) => void;
  /** Rules that validation may skip; default: the reviewed table. */
  readonly acknowledged?: readonly Acknowledgement[];
}

/** The CDK app: five core stacks, then one stack a function. `.synth()` gives the assembly. */
export const buildApplication = async (props: ApplicationProps): Promise<App> => {
  const app = new App({
    analyticsReporting: false,
    context: { ...projectContext(), ...props.context },
    ...(props.outdir ? { outdir: props.outdir } : {}),
  });
  const settings = readSettings(app);
  const core = addCoreStacks(app, settings);
  const all = await Promise.all(
    props.functions.map(async (folder) => ({
      id: folder.id,
      folder,
      definition: await loadDefinition(folder),
    })),
  );
  refuseUnknown(
    "rapport:reservedConcurrency",
    Object.keys(settings.reservedConcurrency),
    props.functions.map(({ group, name }) => `${group}/${name}`),
  );
  const { region = process.env.CDK_DEFAULT_REGION, tell = console.error } = props;
  const functions = chosenFunctions(all, { settings, region, tell });
  for (const { folder, definition } of functions) {
    const stack = addStack(app, settings, folder.id);
    for (const needed of core) stack.addStackDependency(needed, "core publishes the names");
    addFunction(stack, { folder, definition, settings, codePath: props.codePath(folder) });
  }
  acknowledge(app, props.acknowledged ?? acknowledgements(functions));
  return app;
};

const addCoreStacks = (app: App, settings: Settings): readonly Stack[] => {
  const data = addStack(app, settings, "data");
  addOriginalsResources(data, settings);
  const log = addDecisionLogResources(data, settings);
  addDataResources(data, settings, log);
  const bus = addStack(app, settings, "bus");
  addBusResources(bus, settings);
  bus.addStackDependency(data, "the topics use the data key");
  const api = addStack(app, settings, "api");
  addApiResources(api, settings);
  const people = addStack(app, settings, "people");
  people.addStackDependency(api, "people come back from logging in to the API's address");
  addPeopleResources(people, settings);
  addObserveResources(addStack(app, settings, "observe"), settings);
  return [data, bus, api, people];
};

const addStack = (app: App, settings: Settings, id: string): Stack =>
  new Stack(app, stackName(settings.stage, id), {
    synthesizer: synthesizer(),
    tags: { application: "rapport", stage: settings.stage },
  });

/**
 * The CDK command checks the bootstrap version itself; a rule in every template would only repeat it.
 * The cast: CDK's declarations are written without `exactOptionalPropertyTypes`.
 */
const synthesizer = (): IStackSynthesizer =>
  new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;

const cdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

/** The CDK command passes this context by itself; other callers (tests, the local cloud) get the same. */
const projectContext = (): Record<string, unknown> =>
  cdkJson.parse(JSON.parse(readFileSync(new URL("../cdk.json", import.meta.url), "utf8"))).context;
