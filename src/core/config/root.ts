import { ids, record } from "./collection.ts";
import { compareShape } from "./compare.ts";
import { credentialsShape } from "./credentials.ts";
import { deadlinesShape } from "./deadlines.ts";
import { limitsShape } from "./limits.ts";
import { loadsShape } from "./loads.ts";
import { networkShape } from "./network.ts";
import { optional, required } from "./object.ts";
import { principalsShape } from "./principals.ts";
import { region } from "./region.ts";
import { ok, refuse, type Shape } from "./shape.ts";
import { targetEntry } from "./target-entry.ts";

const version: Shape<1> = {
  schema: { const: 1 },
  read: (input, path) => (input === 1 ? ok(1) : refuse(path, "1, the version of this config format")),
};

export const targetsShape = record(ids("target"), targetEntry, "at least one target, each under a name of its own");

/** The keys of a config. */
export const root = {
  version: required(version, "The version of the config format."),
  region: optional(region, "The Region of targets that do not tell; absent: AWS_REGION or AWS_DEFAULT_REGION."),
  credentials: optional(
    credentialsShape,
    "Whose credentials sign; absent: the SDK's default chain (environment, profile, web identity, container, instance).",
  ),
  principals: optional(
    principalsShape,
    "Further principals by name, for `access`: a profile, a role to assume, or environment variables.",
  ),
  network: optional(networkShape, "Name resolution and trust."),
  targets: required(targetsShape, "Every way into a service, under a name of its own."),
  loads: optional(loadsShape, "Loads for `pathproof run`, by name."),
  compare: optional(compareShape, "How `pathproof compare` asks and judges."),
  deadlines: optional(deadlinesShape, "How long each phase of an exchange may take."),
  limits: optional(limitsShape, "Guard rails for everything in this config."),
};
