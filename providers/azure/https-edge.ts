import { builder } from "../../components/builder";
import type { HttpsEdgeBuilder } from "../../components/https-edge";
import { connectFrontDoor } from "./edge-connect";
import { buildFrontDoor } from "./edge-front-door";
import { buildGateway } from "./edge-gateway";
import { describe, needsGateway, resolve } from "./edge-spec";

/** Front Door, or where it cannot do what is asked an Application Gateway: see `needsGateway`. */
export const httpsEdge: HttpsEdgeBuilder = {
  ...builder({
    cloud: "azure",
    describe,
    resolve,
    build: (request) =>
      needsGateway(request.spec) ? buildGateway(request) : buildFrontDoor(request),
  }),
  connect: (request) => {
    // A gateway finds its backends by names that are known from the start.
    if (!needsGateway(request.spec)) connectFrontDoor(request);
  },
};
