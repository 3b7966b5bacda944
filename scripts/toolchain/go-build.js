"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { runLines } = require("../setup/run.js");
const { SetupError } = require("../setup/errors.js");
const { which, LANGUAGE_HOST } = require("./path.js");
const {
  PULUMI_VERSION,
  BUILT_HOST_VERSION,
  NEEDED_GO,
  OLDEST_SWITCHING_GO,
  atLeast,
  parse,
} = require("./versions.js");

const VERSION_SYMBOL = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** The language host comes first: it takes seconds and shows at once whether the module registry can be reached. */
const BUILDS = [
  {
    name: LANGUAGE_HOST,
    module: path.join(__dirname, "go", "language-nodejs"),
    main: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: BUILT_HOST_VERSION,
    folder: "libexec",
    // What stands in bin instead of the program; its first lines say why.
    starter: "pulumi-language-nodejs.sh",
  },
  {
    name: "pulumi",
    module: path.join(__dirname, "go", "pulumi"),
    main: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: PULUMI_VERSION,
    folder: "bin",
  },
];

/**
 * The provider of dynamic resources is Node.js code of the program's own SDK, so a starter of one line is all it takes.
 * The official CLI has the same file beside it.
 */
const DYNAMIC_PROVIDER = `#!/bin/sh
exec node -e 'require(require.resolve("@pulumi/pulumi/cmd/dynamic-provider", { paths: [process.cwd()] }))' "$@"
`;

/** Why Go cannot be used here, or the environment to build with. */
async function goEnvironment(env) {
  if (!which("go", env)) return { reason: "Go is not installed" };
  const lines = [];
  // Outside a module and with the local toolchain, so that an old Go answers instead of fetching a newer one.
  const { code } = await runLines("go", ["env", "GOVERSION"], {
    cwd: __dirname,
    env: { ...env, GOTOOLCHAIN: "local" },
    onLine: (line) => lines.push(line),
  });
  const have = parse(lines.at(-1));
  if (code !== 0 || !have) return { reason: "the go command does not run" };
  const build = { ...env, CGO_ENABLED: "0" };
  if (atLeast(have, NEEDED_GO)) return { env: build };
  if (atLeast(have, OLDEST_SWITCHING_GO)) return { env: { ...build, GOTOOLCHAIN: "auto" } };
  return { reason: `Go ${have.join(".")} is too old` };
}

/** Counts what `go build -v` tells: modules while it downloads, then one import path for each compiled package. */
function counter(step) {
  let modules = 0;
  let packages = 0;
  return (line) => {
    if (line.startsWith("go: downloading")) modules += 1;
    else if (/^[\w.~/-]+$/.test(line)) packages += 1;
    const parts = [
      modules && `${modules} modules fetched`,
      packages && `${packages} packages compiled`,
    ];
    step.update(parts.filter(Boolean).join(", "));
  };
}

/** Builds both programs below `folder` from the checked-in go.mod and go.sum files. */
async function goBuild(folder, { env, progress }) {
  for (const { name, module, main, version, folder: place, starter } of BUILDS) {
    const hint = name === "pulumi" ? " (about 5 minutes on 2 cores the first time)" : "";
    const step = progress.step(`Building ${name} ${version} with Go${hint}`);
    const flags = ["-v", "-trimpath", "-mod=readonly", "-buildvcs=false"];
    const link = ["-ldflags", `-s -w -X ${VERSION_SYMBOL}=v${version}`];
    const target = path.join(folder, place, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    const { code, tail } = await runLines("go", ["build", ...flags, ...link, "-o", target, main], {
      cwd: module,
      env,
      onLine: counter(step),
    });
    if (code !== 0) {
      step.failed("failed");
      throw new SetupError(
        `Go could not build ${name} ${version}. Its last lines were:\n  ${tail.join("\n  ")}\n` +
          "See that the Go module registry (go env GOPROXY) can be reached and run this again, " +
          `or install the Pulumi CLI ${PULUMI_VERSION} or newer yourself.`,
      );
    }
    if (starter) {
      const started = path.join(folder, "bin", name);
      fs.copyFileSync(path.join(module, starter), started);
      fs.chmodSync(started, 0o755);
    }
    step.done("built");
  }
  fs.writeFileSync(path.join(folder, "bin", "pulumi-resource-pulumi-nodejs"), DYNAMIC_PROVIDER, {
    mode: 0o755,
  });
}

module.exports = { goBuild, goEnvironment };
