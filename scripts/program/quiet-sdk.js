"use strict";

/** What the SDK does for debugging with every resource and every promise is left out unless somebody asks for it. */
const log = require("@pulumi/pulumi/log");
const debuggable = require("@pulumi/pulumi/runtime/debuggable");

/** Four messages for each resource, each a call to the engine, which shows them with --debug only: set this one, too. */
if (process.env.PORTOLAN_SDK_DEBUG !== "true") log.debug = () => Promise.resolve();

/** A stack trace for each promise, shown only with this variable, which is the SDK's. */
if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) {
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}
