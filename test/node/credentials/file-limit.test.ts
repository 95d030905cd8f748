import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../support/k6.ts";

test("where no more files may be opened, neither credentials are missing nor names unknown; and soon they are there", {
  timeout: 60_000,
}, async () => {
  const folder = await temporaryFolder();
  const keys = join(folder, "keys");
  await writeFile(keys, "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = made-up\n");
  const program = join(folder, "at-the-limit.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "at-the-limit.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.12",
    outfile: program,
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  const { stdout } = await promisify(execFile)(
    "/bin/sh",
    ["-c", 'ulimit -n 64; exec "$0" "$@"', process.execPath, program],
    {
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: folder,
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_SHARED_CREDENTIALS_FILE: keys,
      },
      timeout: 40_000,
    },
  );
  const limit = { kind: "failed", failure: { kind: "file-limit", code: "EMFILE" } };
  expect(JSON.parse(stdout)).toEqual({
    atTheLimit: {
      credentials: {
        kind: "missing",
        detail:
          "Credentials could not be looked for: this process may open no more files (EMFILE); raise that (ulimit -n).",
        fileLimit: "EMFILE",
      },
      system: limit,
      resolvers: limit,
    },
    afterwards: "ok",
  });
});
