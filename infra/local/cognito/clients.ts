import type { Deployment } from "../assembly/deployment.ts";
import { numberAt, objectAt, stringsAt, textAt } from "../aws/json.ts";

/** An application that people may log in to, as its template says. */
export type PoolClient = {
  readonly id: string;
  /** The id of its user pool. */
  readonly pool: string;
  readonly callbacks: readonly string[];
  readonly logouts: readonly string[];
  readonly accessSeconds: number;
  readonly renewalSeconds: number;
};

const SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };

export function readPoolClients({ resources }: Pick<Deployment, "resources">): readonly PoolClient[] {
  return resources("AWS::Cognito::UserPoolClient").map(({ identity, properties }) => {
    const units = objectAt(properties, "TokenValidityUnits");
    const seconds = (of: string, unit: string): number =>
      (numberAt(properties, `${of}Validity`) ?? 1) * (SECONDS[textAt(units, of) ?? unit] ?? 1);
    return {
      id: identity.ref,
      pool: textAt(properties, "UserPoolId") ?? "",
      callbacks: stringsAt(properties, "CallbackURLs"),
      logouts: stringsAt(properties, "LogoutURLs"),
      accessSeconds: seconds("AccessToken", "hours"),
      renewalSeconds: seconds("RefreshToken", "days"),
    };
  });
}
