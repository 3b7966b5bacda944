"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { runLines } = require("../setup/run.js");
const { PULUMI_VERSION } = require("./versions.js");

/** Behind a firewall that drops packets a connection attempt would otherwise last minutes. */
const CONNECT_TIMEOUT_S = 5;
/** A transfer below 10 kB/s for this long is given up: the Go build is quicker. */
const STALL_S = 20;

const PLATFORMS = { linux: "linux", darwin: "darwin" };
const ARCHITECTURES = { x64: "x64", arm64: "arm64" };

/** The official archive for this machine, or undefined where there is none. */
function archiveUrl(platform, arch) {
  const os = PLATFORMS[platform];
  const cpu = ARCHITECTURES[arch];
  if (!os || !cpu) return undefined;
  return `https://get.pulumi.com/releases/sdk/pulumi-v${PULUMI_VERSION}-${os}-${cpu}.tar.gz`;
}

const megabytes = (file) => {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return `${(size / 1e6).toFixed(0)} MB`;
};

/** Fetches and unpacks the official archive into `folder/bin`. Returns undefined on success, else the reason as half a sentence. */
async function download(folder, { env, progress }) {
  const url = archiveUrl(process.platform, process.arch);
  if (!url) return `there is no official archive for ${process.platform} ${process.arch}`;
  const step = progress.step(`Downloading Pulumi ${PULUMI_VERSION} from get.pulumi.com`);
  const archive = path.join(folder, "pulumi.tar.gz");
  const counter = setInterval(() => step.update(megabytes(archive)), 500);
  const limits = [
    "--connect-timeout",
    CONNECT_TIMEOUT_S,
    "--speed-limit",
    10_000,
    "--speed-time",
    STALL_S,
  ];
  const { code, tail } = await runLines(
    "curl",
    [
      "--fail",
      "--silent",
      "--show-error",
      "--location",
      ...limits.map(String),
      "--output",
      archive,
      url,
    ],
    { env },
  );
  clearInterval(counter);
  if (code !== 0) {
    const reason =
      code === 127 ? "curl is not installed" : (tail.at(-1) ?? `curl ended with ${code}`);
    step.failed(`not possible: ${reason}`);
    return reason;
  }
  const size = megabytes(archive);
  const unpacked = await runLines("tar", ["-xzf", archive, "-C", folder], { env });
  fs.rmSync(archive, { force: true });
  if (unpacked.code !== 0) {
    step.failed("the archive cannot be unpacked");
    return `the archive cannot be unpacked (${unpacked.tail.at(-1) ?? "tar failed"})`;
  }
  // The archive holds one folder `pulumi` with every program in it.
  fs.rmSync(path.join(folder, "bin"), { recursive: true });
  fs.renameSync(path.join(folder, "pulumi"), path.join(folder, "bin"));
  step.done(size);
  return undefined;
}

module.exports = { archiveUrl, download };
