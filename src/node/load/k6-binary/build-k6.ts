import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { scratchName } from "#core/plan/scratch-name.ts";
import { type GoModule, goModule } from "./go-module.ts";
import type { K6Options } from "./k6-binary.ts";

export type Made = { readonly kind: "made" } | { readonly kind: "not-made"; readonly why: string };

const deadlineMs = 15 * 60_000;

/** Builds a k6, the pinned one, into `file` with the Go that is on PATH; every source is held to the sums of go.sum. */
export async function buildK6(
  file: string,
  { env, signal, onProgress }: K6Options,
  pinned: () => Promise<GoModule> = goModule,
): Promise<Made> {
  const go = await run("go", ["version"], { env, cwd: tmpdir(), timeout: 20_000 });
  if (go.kind === "failed") return { kind: "not-made", why: "there is no Go to build it with (go is not on PATH)" };

  onProgress?.(`Building k6 with ${go.stdout.trim().replace(/^go version /, "")}: a minute or two, this once …`);
  const folder = await mkdtemp(join(tmpdir(), scratchName("k6-build", hostname(), process.pid)));
  try {
    const { mod, sum, program } = await pinned();
    await writeFile(join(folder, "go.mod"), mod);
    await writeFile(join(folder, "go.sum"), sum);
    const built = await run("go", ["build", "-trimpath", "-o", file, program], {
      env: { ...env, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly -buildvcs=false", GOWORK: "off", GO111MODULE: "on" },
      cwd: folder,
      timeout: deadlineMs,
      ...(signal === undefined ? {} : { signal }),
    });
    return built.kind === "ok" ? { kind: "made" } : { kind: "not-made", why: `go build failed: ${built.why}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Running {
  readonly env: K6Options["env"];
  readonly cwd: string;
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

type Ran = { readonly kind: "ok"; readonly stdout: string } | { readonly kind: "failed"; readonly why: string };

function run(program: string, args: readonly string[], { env, ...how }: Running): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { ...how, env: { ...env }, killSignal: "SIGKILL" as const, maxBuffer: 16 * 1024 * 1024 };
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) return resolve({ kind: "ok", stdout });
      const late = error.killed === true ? `no end within ${how.timeout / 1000} s; ` : "";
      resolve({ kind: "failed", why: `${late}${lastLines(stderr) || error.message}` });
    });
  });
}

const lastLines = (text: string): string => text.trim().split("\n").slice(-3).join("; ").slice(0, 600);
