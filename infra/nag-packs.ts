import { type App, Validations } from "aws-cdk-lib/core";
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from "cdk-nag";
import { belowStage, type Finding } from "./nag.ts";

const packs = (app: App): readonly NagPack[] => [new AwsSolutionsChecks(app), new ServerlessChecks(app)];

/** Everything that the packs say about the app and that nothing acknowledges. */
export const findingsOf = (app: App): readonly Finding[] =>
  packs(app).flatMap((pack) =>
    pack.validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({
        rule: ruleName,
        resource: belowStage(constructPath ?? ""),
      })),
    ),
  );

/** Lets the packs check every synthesis: a finding that nothing acknowledges stops it, and with it a deploy. */
export const checkWithNag = (app: App): void => {
  Validations.of(app).addPlugins(...packs(app));
};
