import { expect } from "vitest";
import type { Answer } from "./client.ts";

/** The contract's form of an error. */
export const expectProblem = ({ status, headers, body }: Answer, expected: number, code: string): void => {
  expect({ status, body }).toMatchObject({ status: expected, body: { code } });
  expect(headers.get("content-type")).toContain("application/problem+json");
  expect(body).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    status: expected,
    message: expect.any(String),
  });
};
