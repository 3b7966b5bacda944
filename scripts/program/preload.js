"use strict";

/** Loaded before the Pulumi program (nodeargs in Pulumi.yaml): what makes it start and run in a fraction of the time. */
require("./transpile.js");
require("./stack-traces.js");
require("./lazy-modules.js");
require("./quiet-sdk.js");
