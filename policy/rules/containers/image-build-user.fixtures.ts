import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const build = (inline: unknown) => resource("docker-build:index:Image", { dockerfile: { inline } });

export const fixtures: Fixtures = {
  good: [
    build("FROM node:22\nUSER root\nRUN true\nUSER 10001"),
    build("FROM node:22 AS base\nUSER app\nFROM base\nRUN true"),
    build("FROM gcr.io/distroless/nodejs22:nonroot"),
  ],
  bad: [
    build("FROM node:22\nUSER root"),
    build("FROM node:22 AS base\nUSER app\nFROM nginx:1.27\nCOPY --from=base /x /x"),
    build("FROM acme/base:1\nUSER 0:0"),
  ],
  missing: [violates(build("FROM node:22")), passes(resource("docker-build:index:Image", {}))],
  unknown: [build(unknown), build("FROM node:22\nARG U\nUSER $U")],
  wrongType: [passes(build(5))],
};
