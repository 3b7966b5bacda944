import { DOCKER } from "./docker-target";
import { failures } from "./failures";
import { describeReleases } from "./suite";

/** What cannot happen on a host: nobody goes back by himself, and updates are creations. */
const ELSEWHERE = /goes back by itself|move of traffic|update that the cloud/;

describeReleases(
  DOCKER,
  failures.filter(({ what }) => !ELSEWHERE.test(what)),
);
