import { nearest } from "#core/config/suggest.ts";
import { type CliCommand, CliError, listOption } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

export const explain: CliCommand = {
  name: "explain",
  arguments: [["[code]", "a cause's code, as reports name it; without one, the whole catalogue is listed"]],
  summary: "what one cause means, how it shows and what to do; or what policy files say of one request, offline",
  options: [
    [
      "--policy <file...>",
      "a policy to evaluate, with its layer where it is one of several: endpoint=FILE, resource, identity, service, network",
    ],
    ["--principal <arn>", "with --policy: who asks; anonymous does not sign"],
    ["--action <action>", "with --policy: lambda:InvokeFunction, vpc-lattice-svcs:Invoke, execute-api:Invoke"],
    ["--resource <arn>", "with --policy: what is asked for"],
    ["--context <key=value...>", "with --policy: a condition key of the request; may be repeated"],
  ],
  async values() {
    const { causes } = await import("#core/causes/index.ts");
    return { "": causes.map(({ code }) => code) };
  },
  examples: [
    "pathproof explain",
    "pathproof explain denied-endpoint-policy",
    "pathproof explain --policy endpoint=./endpoint.json --principal arn:aws:iam::111122223333:role/reader --action lambda:InvokeFunction --resource arn:aws:lambda:eu-west-1:111122223333:function:orders:live --context aws:SourceVpce=vpce-0abc",
  ],
  async run(call) {
    const { global, terminal } = call;
    const [code] = call.words;
    if (Object.keys(call.options).length > 0) {
      if (code !== undefined) throw new CliError(exitCodes.usage, "explain: a cause's code, or --policy, not both");
      if (listOption(call, "policy").length === 0)
        throw new CliError(exitCodes.usage, "explain: --policy is missing: which file is to be evaluated?");
      const { explainPolicies } = await import("../explain-policy.ts");
      return explainPolicies(call);
    }
    const { causes, findCause } = await import("#core/causes/index.ts");
    const { explainCause } = await import("#core/causes/show.ts");
    if (code === undefined) {
      const width = Math.max(...causes.map((cause) => cause.code.length));
      const rows = causes.map((cause) => ({ code: cause.code, layer: cause.layer, title: cause.title }));
      terminal.out(
        global.json
          ? `${JSON.stringify(rows, null, 2)}\n`
          : rows.map((row) => `${row.code.padEnd(width)}  ${terminal.paint.dim(row.title)}\n`).join(""),
      );
      return exitCodes.pass;
    }
    const cause = findCause(code);
    if (cause === null) {
      const near = nearest(
        code,
        causes.map((one) => one.code),
      );
      throw new CliError(
        exitCodes.usage,
        `no cause has the code "${code}"${near === null ? "" : `; did you mean "${near}"?`} (pathproof explain lists them all)`,
      );
    }
    terminal.out(`${explainCause(cause)}\n`);
    return exitCodes.pass;
  },
};
