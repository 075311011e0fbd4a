import * as cognito from "aws-cdk-lib/aws-cognito";
import { Aws, Duration, type Stack } from "aws-cdk-lib/core";
import { ROLES } from "#runtime/http/roles.ts";
import { lookUpName, publishName } from "../constructs/core-names.ts";
import type { Settings } from "../constructs/definition.ts";
import { removalOf } from "./data.ts";

/** Roles are read anew so often: whoever loses one loses what it may within this time. The least that Cognito knows is five. */
const TOKEN_MINUTES = 15;
/** A day's work. */
const SESSION_HOURS = 12;

/** Who may log in to the console: a user pool whose groups are the roles. An admin makes users; nobody signs up. */
export const addPeopleResources = (stack: Stack, settings: Settings): void => {
  const pool = new cognito.UserPool(stack, "People", {
    userPoolName: `rapport-${settings.stage}`,
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    autoVerify: { email: true },
    accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
    mfa: cognito.Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    featurePlan: cognito.FeaturePlan.ESSENTIALS,
    deletionProtection: settings.keepsData,
    removalPolicy: removalOf(settings),
  });
  for (const [precedence, role] of ROLES.toReversed().entries()) {
    new cognito.CfnUserPoolGroup(stack, `Role-${role}`, {
      userPoolId: pool.userPoolId,
      groupName: role,
      precedence,
    });
  }
  // The prefix is one of its region's, across all accounts.
  pool.addDomain("LogIn", {
    cognitoDomain: { domainPrefix: `rapport-${settings.stage}-${Aws.ACCOUNT_ID}` },
  });
  const client = addClient(stack, settings, pool);
  publishName(stack, settings, "people/issuer", pool.userPoolProviderUrl);
  publishName(stack, settings, "people/console-client", client.ref);
  publishName(stack, settings, "people/pool", pool.userPoolId);
};

/** The console as a client of the pool: authorization code with PKCE, which needs no secret to keep. */
const addClient = (stack: Stack, settings: Settings, pool: cognito.UserPool): cognito.CfnUserPoolClient => {
  const hub = lookUpName(stack, settings, "api/url");
  return new cognito.CfnUserPoolClient(stack, "Console", {
    userPoolId: pool.userPoolId,
    clientName: "console",
    generateSecret: false,
    allowedOAuthFlowsUserPoolClient: true,
    allowedOAuthFlows: ["code"],
    allowedOAuthScopes: ["openid", "email", "profile"],
    supportedIdentityProviders: ["COGNITO"],
    callbackUrLs: [`${hub}/console/callback`],
    logoutUrLs: [`${hub}/console/login`],
    // Any but the one for renewing: that is the rotation's.
    explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
    accessTokenValidity: TOKEN_MINUTES,
    idTokenValidity: TOKEN_MINUTES,
    refreshTokenValidity: SESSION_HOURS,
    tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "hours" },
    // Two tabs may renew at once.
    refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 60 },
    enableTokenRevocation: true,
    preventUserExistenceErrors: "ENABLED",
  });
};
