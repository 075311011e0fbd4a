import type { Deployment } from "../assembly/deployment.ts";
import { parseObject, textAt } from "../aws/json.ts";
import { jsonResponse, type Service } from "../aws/protocol.ts";
import type { Alarms } from "./alarms.ts";

/** CloudWatch's DescribeAlarms over the alarms of the templates, as the local clock judges them. */
export function createCloudwatchService(
  { resources }: Pick<Deployment, "resources">,
  alarms: Pick<Alarms, "list">,
): Service {
  const descriptions = new Map(
    resources("AWS::CloudWatch::Alarm").map(({ identity, properties }) => [
      textAt(properties, "AlarmName") ?? identity.ref,
      textAt(properties, "AlarmDescription") ?? "",
    ]),
  );
  return (operation, request) => {
    if (operation !== "DescribeAlarms") return null;
    const prefix = textAt(parseObject(request.body) ?? {}, "AlarmNamePrefix") ?? "";
    const MetricAlarms = alarms
      .list()
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name, state, since, reason }) => ({
        AlarmName: name,
        AlarmDescription: descriptions.get(name) ?? "",
        StateValue: state,
        StateReason: reason,
        StateUpdatedTimestamp: Date.parse(since) / 1_000,
      }));
    return jsonResponse({ MetricAlarms });
  };
}
