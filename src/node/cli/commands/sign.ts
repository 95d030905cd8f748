import { type CliCommand, CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

export const sign: CliCommand = {
  name: "sign",
  arguments: [["[target]", "a target of the config; or say it all with --url"]],
  summary: "one signed request, to try a path by hand: a curl command, or JSON with --json",
  options: [
    ["--url <url>", "what to sign for, instead of a target"],
    [
      "--service <service>",
      "the SigV4 service: lambda, execute-api, vpc-lattice-svcs (with --url: as the host's name says)",
    ],
    ["--region <region>", "the AWS Region of the scope (with --url: as the host's name says, else AWS_REGION)"],
    ["--method <method>", "the HTTP method (default: the target's; with --url GET, or POST where there is a --body)"],
    ["--header <k: v...>", "a header to send and sign; may be repeated"],
    ["--body <text>", "the body"],
    ["--unsigned-payload", "sign UNSIGNED-PAYLOAD instead of the body's hash (always so for vpc-lattice-svcs)"],
    ["--presign", "the signature in the query: a URL that can be handed on until it expires"],
    ["--expires <duration>", "with --presign: for how long it is good, up to 168h (default: 60s)"],
    ["--principal <name>", "as one of the config's principals, instead of its own credentials"],
    ["--at <time>", "as if it were then: 20261123T101112Z"],
  ],
  examples: [
    "pathproof sign orders-lattice",
    "pathproof sign orders-lattice --principal reader",
    "pathproof sign orders-api --presign --expires 15m --json",
    "pathproof sign --url https://a1b2c3.execute-api.eu-west-1.amazonaws.com/prod/orders",
  ],
  async run(call) {
    const { readSignWords } = await import("../sign-request-words.ts");
    const wanted = await readSignWords(call);
    const current = await wanted.credentials.current();
    if (current.kind === "missing") throw new CliError(exitCodes.environment, `cannot sign: ${current.detail}`);

    const { signed } = await import("../sign-as-wanted.ts");
    const { method, url, headers, expiresAt } = signed(wanted, current.credentials);
    if (call.global.json) {
      const all = {
        method,
        url,
        headers: { host: wanted.host, ...headers },
        ...(expiresAt === null ? {} : { expiresAt }),
      };
      call.terminal.out(`${JSON.stringify(all, null, 2)}\n`);
    } else {
      const { curlCommand } = await import("#core/signing/curl.ts");
      const host = wanted.host === wanted.hostOfUrl ? {} : { host: wanted.host };
      const request = { method, url, headers: { ...host, ...headers }, body: wanted.request.body };
      call.terminal.out(`${curlCommand(request, await wanted.way())}\n`);
    }
    if (wanted.doubt !== null && !call.global.quiet) call.terminal.err(`pathproof: ${wanted.doubt}\n`);
    return exitCodes.pass;
  },
};
