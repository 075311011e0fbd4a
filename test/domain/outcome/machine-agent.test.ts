import { expect, it } from "vitest";
import { isMachineAgent } from "#domain/outcome/machine-agent.ts";

it.each([
  ["", true],
  [" Mozilla/5.0 ", true],
  ["Mozilla/5.0 (compatible; Googlebot/2.1)", true],
  ["Barracuda Sentinel", true],
  ["Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)", false],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15", false],
])("the User-Agent `%s` is that of a machine: %s", (agent, expected) => {
  expect(isMachineAgent(agent)).toBe(expected);
});
