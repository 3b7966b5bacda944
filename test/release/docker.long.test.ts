import { hostFailures } from "./docker-failures";
import { DOCKER } from "./docker-target";
import { failures } from "./failures";
import { describeReleases } from "./suite";

/** What cannot happen on a host: nobody goes back by himself. */
const ELSEWHERE = /goes back by itself/;

describeReleases(DOCKER, [
  ...failures.filter(({ what }) => !ELSEWHERE.test(what)),
  ...hostFailures,
]);
