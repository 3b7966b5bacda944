import { CONTAINER } from "../../../lib/deployability/docker/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const SOURCES = ["content", "contentBase64", "source"];

export const rule = deployability({
  id: "docker-bind-paths",
  title: "Mounts have absolute paths and one source, uploads one content",
  fails: {
    when: "create",
    effect: "error",
    answer: "invalid volume specification, or: bind source path does not exist.",
  },
  fix: "Write hostPath and containerPath from the root, where hostPath is a path of the Docker host; take hostPath or volumeName, and for files of this project uploads with one of content, contentBase64 and source.",
  source: "https://docs.docker.com/engine/storage/bind-mounts/",
  check: {
    [CONTAINER]: (container) => [
      ...container.at("volumes").items.flatMap(checkVolume),
      ...container.at("mounts").items.flatMap(checkMount),
      ...container.at("uploads").items.flatMap(checkUpload),
    ],
  },
});

function checkVolume(volume: Value): Report[] {
  const host = volume.at("hostPath");
  const name = volume.at("volumeName");
  const both =
    isSet(host) && isSet(name)
      ? [
          {
            ...violation(name, "hostPath and volumeName are both set"),
            answer: "hostPath wins, and the volume is not used.",
          },
        ]
      : [];
  return [...both, ...mustBeAbsolute(host), ...mustBeAbsolute(volume.at("containerPath"))];
}

function isSet(value: Value): boolean {
  return value.present && value.text !== "";
}

function checkMount(mount: Value): Report[] {
  const source = mount.at("type").isWord("bind") ? mustBeAbsolute(mount.at("source")) : [];
  return [...source, ...mustBeAbsolute(mount.at("target"))];
}

/** Hosts with Windows have drives. */
function mustBeAbsolute(path: Value): Report[] {
  if (path.unknown) return path.prefix === "" ? [undecided(path)] : check(path, path.prefix);
  return path.text === undefined || path.text === "" ? [] : check(path, path.text);
}

function check(path: Value, text: string): Report[] {
  return /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(text)
    ? []
    : [violation(path, `"${text}" is no path from the root`)];
}

function checkUpload(upload: Value): Report[] {
  const given = SOURCES.filter((key) => isSet(upload.at(key)) || upload.at(key).text === "");
  return given.length === 1
    ? []
    : [
        {
          ...violation(
            upload,
            `an upload has ${given.length === 0 ? "no content" : given.join(" and ")}`,
          ),
          answer: "one of 'content', 'content_base64', or 'source' must be set, and only one",
        },
      ];
}
