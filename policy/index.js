#!/usr/bin/env node
"use strict";

/**
 * Entry of the pack. The runner of the official CLI has registered ts-node for .ts by the time we are loaded,
 * and ts-node would type-check every rule at every start; the pack's own loader takes its place.
 */
const { keep } = require("./transpile");
require("./index.ts");
keep();
