import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const url = (authorizationType: unknown) =>
  resource("aws:lambda/functionUrl:FunctionUrl", { authorizationType });
const method = (props: object) =>
  resource("aws:apigateway/method:Method", { httpMethod: "GET", ...props });

export const fixtures: Fixtures = {
  good: [
    url("AWS_IAM"),
    method({ authorization: "NONE", httpMethod: "OPTIONS" }),
    method({ authorization: "CUSTOM" }),
  ],
  bad: [url("NONE"), method({ authorization: "NONE" })],
  missing: [passes(url(undefined))],
  unknown: [url(unknown), method({ authorization: unknown })],
  wrongType: [passes(url(5))],
};
