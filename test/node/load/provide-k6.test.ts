import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findK6 } from "#node/load/k6-binary/find-k6.ts";
import { withLock } from "#node/load/k6-binary/lock.ts";
import { provideK6 } from "#node/load/k6-binary/provide-k6.ts";
import { temporaryFolder } from "../../support/k6.ts";
import { listenHttp } from "../../support/listen.ts";

// Programs of a line or two that answer `version`: the real one is made and run in k6-run.test.ts.
const posix = test.skipIf(process.platform === "win32");

const program = (version: string): string =>
  `#!/bin/sh\necho "k6 v${version} (go1.26.0, ${process.platform}/${process.arch})"\n`;

async function place(folder: string, name: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
  await chmod(join(folder, name), 0o755);
  return join(folder, name);
}

/** An environment with nothing in it but the shell's own programs, no Go and no k6. */
async function bare(): Promise<{
  readonly folder: string;
  readonly bin: string;
  readonly env: Record<string, string>;
}> {
  const folder = await temporaryFolder();
  const bin = join(folder, "bin");
  await mkdir(bin);
  for (const name of ["sh", "sleep", "cat", "cp", "chmod", "tar", "gzip"]) await symlink(which(name), join(bin, name));
  const env = {
    PATH: bin,
    HOME: folder,
    PATHPROOF_CACHE: join(folder, "cache"),
    PATHPROOF_K6_RELEASES: "http://127.0.0.1:1",
  };
  return { folder, bin, env };
}

const which = (name: string): string =>
  execFileSync("/bin/sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();

const entry = `k6-v2.2.0-${process.platform}-${process.arch}`;

describe("k6 is found", () => {
  posix("by PATHPROOF_K6 first, then on PATH, then in the cache", async () => {
    const { folder, bin, env } = await bare();
    const cached = await place(env["PATHPROOF_CACHE"] ?? "", entry, program("2.2.0"));
    expect(await findK6({ env })).toEqual({ kind: "ok", path: cached, version: "2.2.0", how: "cache" });
    const onPath = await place(bin, "k6", program("1.8.1"));
    expect(await findK6({ env })).toEqual({ kind: "ok", path: onPath, version: "1.8.1", how: "PATH" });
    const named = await place(folder, "mine", program("2.2.5"));
    expect(await findK6({ env: { ...env, PATHPROOF_K6: named } })).toEqual({
      kind: "ok",
      path: named,
      version: "2.2.5",
      how: "PATHPROOF_K6",
    });
  });

  posix("without making anything, and says where it looked", async () => {
    const { folder, env } = await bare();
    const search = await findK6({ env });
    expect(search.kind === "nowhere" && search.tried.join("; ")).toMatch(/no k6 on PATH; .* is not there/);
    expect(await readdir(folder)).toEqual(["bin"]);
  });

  posix("passing over one on PATH of a version that will not do", async () => {
    const { bin, env } = await bare();
    await place(bin, "k6", program("0.50.0"));
    const cached = await place(env["PATHPROOF_CACHE"] ?? "", entry, program("2.2.0"));
    expect(await findK6({ env })).toMatchObject({ path: cached, how: "cache" });
  });

  posix.each([
    ["a file that is not there", null, "no program"],
    ["another version", program("0.50.0"), "it is k6 v0.50.0"],
    ["another program", "#!/bin/sh\necho hello\n", "not answered as k6 does"],
    ["a program that fails", "#!/bin/sh\nexit 3\n", "does not run"],
  ])("but not in PATHPROOF_K6 when that names %s", async (_what, text, expected) => {
    const { folder, env } = await bare();
    const named = text === null ? join(folder, "nowhere") : await place(folder, "mine", text);
    const provided = await provideK6({ env: { ...env, PATHPROOF_K6: named } });
    expect(provided.kind === "missing" && provided.message).toContain(`PATHPROOF_K6 names ${named}`);
    expect(provided.kind === "missing" && provided.message).toContain(expected);
  });
});

describe("k6 is made", () => {
  /** A Go that notes each build and takes its time, then leaves a program where it was told to. */
  const slowGo = (folder: string, version = "2.2.0"): string => `#!/bin/sh
if [ "$1" = version ]; then echo "go version go1.26.8 test"; exit 0; fi
echo "$@ CGO_ENABLED=$CGO_ENABLED GOFLAGS=$GOFLAGS" >> ${join(folder, "builds")}
cp go.mod go.sum ${folder}
sleep 1
cat > "$4" <<'END'
${program(version)}
END
chmod 755 "$4"
`;

  posix("once by Go from the pinned sources, however many ask at a time", async () => {
    const { folder, bin, env } = await bare();
    // As k6 does, the program calls itself by its file's name.
    await place(bin, "go", slowGo(folder).replace('echo "k6 ', 'echo "${0##*/} '));
    const lines: string[] = [];
    const onProgress = (line: string): void => void lines.push(line);
    const [first, second] = await Promise.all([provideK6({ env, onProgress }), provideK6({ env, onProgress })]);
    expect([first, second].map(({ kind }) => kind)).toEqual(["ok", "ok"]);
    expect([first, second].map((one) => one.kind === "ok" && one.how).sort()).toEqual(["built", "cache"]);
    const builds = (await readFile(join(folder, "builds"), "utf8")).trim().split("\n");
    expect(builds).toHaveLength(1);
    expect(builds[0]).toMatch(/^build -trimpath -o \S+ go\.k6\.io\/k6\/v2 CGO_ENABLED=0 GOFLAGS=-mod=readonly/);
    expect(await readFile(join(folder, "go.mod"), "utf8")).toContain("go.k6.io/k6/v2 v2.2.0");
    expect(await readFile(join(folder, "go.sum"), "utf8")).toContain("go.k6.io/k6/v2 v2.2.0 h1:");
    expect(lines.join("\n")).toContain("Building k6");
    expect(await readdir(env["PATHPROOF_CACHE"] ?? "")).toEqual([entry]);
    expect(await provideK6({ env })).toMatchObject({ kind: "ok", how: "cache" });
  });

  posix("by nobody when what was built is another version, and then nothing is kept", async () => {
    const { folder, bin, env } = await bare();
    await place(bin, "go", slowGo(folder, "2.1.0"));
    const provided = await provideK6({ env });
    expect(provided.kind === "missing" && provided.message).toContain("it is k6 v2.1.0");
    expect(await readdir(env["PATHPROOF_CACHE"] ?? "")).toEqual([]);
  });

  posix("after the lock of a process that died is set aside", async () => {
    const { folder, bin, env } = await bare();
    await place(bin, "go", slowGo(folder));
    const child = spawn("/bin/sh", ["-c", "exit 0"]);
    await new Promise((resolve) => child.once("exit", resolve));
    const lock = join(env["PATHPROOF_CACHE"] ?? "", `${entry}.lock`);
    await mkdir(lock, { recursive: true });
    await writeFile(join(lock, "owner.json"), JSON.stringify({ pid: child.pid, host: hostname() }));
    expect(await provideK6({ env })).toMatchObject({ kind: "ok", how: "built" });
  });

  posix("never: one message says all that was tried", async () => {
    const { env } = await bare();
    const provided = await provideK6({ env });
    if (provided.kind !== "missing") throw new Error("it was made from nothing");
    for (const part of [
      "PATHPROOF_K6 is not set",
      "no k6 on PATH",
      "no Go to build it",
      "the download from",
      "engine: node",
    ])
      expect(provided.message).toContain(part);
  });
});

describe("the official release", () => {
  const archive = `k6-v2.2.0-linux-${process.arch === "arm64" ? "arm64" : "amd64"}.tar.gz`;
  const linux = test.skipIf(process.platform !== "linux");

  async function release(
    checksum: (bytes: Buffer) => string,
  ): Promise<{ readonly base: string; readonly asked: string[] }> {
    const folder = await temporaryFolder();
    const inside = archive.replace(".tar.gz", "");
    await place(join(folder, inside), "k6", program("2.2.0"));
    execFileSync("tar", ["-czf", archive, inside], { cwd: folder });
    const bytes = await readFile(join(folder, archive));
    const asked: string[] = [];
    const { port } = await listenHttp((request, response) => {
      asked.push(request.url ?? "");
      if (request.url?.endsWith("checksums.txt"))
        return response.end(`${"0".repeat(64)}  k6-v2.2.0-linux-riscv.tar.gz\n${checksum(bytes)}  ${archive}\n`);
      return request.url === `/v2.2.0/${archive}` ? response.end(bytes) : response.writeHead(404).end();
    });
    return { base: `http://127.0.0.1:${port}`, asked };
  }

  const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

  linux("is taken when its checksum is the published one", async () => {
    const { env } = await bare();
    const { base, asked } = await release(sha256);
    const provided = await provideK6({ env: { ...env, PATHPROOF_K6_RELEASES: base } });
    expect(provided).toMatchObject({ kind: "ok", how: "downloaded", version: "2.2.0" });
    expect(asked).toEqual(["/v2.2.0/k6-v2.2.0-checksums.txt", `/v2.2.0/${archive}`]);
    expect(await readdir(env["PATHPROOF_CACHE"] ?? "")).toEqual([entry]);
  });

  linux("is refused, unpacked nowhere, when its checksum is another", async () => {
    const { env } = await bare();
    const { base } = await release(() => "f".repeat(64));
    const provided = await provideK6({ env: { ...env, PATHPROOF_K6_RELEASES: base } });
    expect(provided.kind === "missing" && provided.message).toMatch(
      /has SHA-256 [0-9a-f]{64}, but its release says f{64}/,
    );
    expect(await readdir(env["PATHPROOF_CACHE"] ?? "")).toEqual([]);
  });

  linux("is refused when the published list does not name it", async () => {
    const { env } = await bare();
    const { base } = await release(() => "not a checksum");
    const provided = await provideK6({ env: { ...env, PATHPROOF_K6_RELEASES: base } });
    expect(provided.kind === "missing" && provided.message).toContain(`do not list ${archive}`);
  });
});

describe("the lock", () => {
  test("lets one work at a time", async () => {
    const folder = join(await temporaryFolder(), "lock");
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(folder, work, { deadlineMs: 20_000 })));
    expect(most).toBe(1);
  });

  test("is not waited for beyond the deadline while its holder lives", async () => {
    const folder = join(await temporaryFolder(), "lock");
    await mkdir(folder);
    await writeFile(join(folder, "owner.json"), JSON.stringify({ pid: process.pid, host: hostname() }));
    await expect(withLock(folder, async () => undefined, { deadlineMs: 300 })).rejects.toThrow("still holds");
  });

  test("of another machine is taken over once it has not been renewed for long", async () => {
    const folder = join(await temporaryFolder(), "lock");
    await mkdir(folder);
    const owner = join(folder, "owner.json");
    await writeFile(owner, JSON.stringify({ pid: 1, host: "elsewhere.example" }));
    await expect(withLock(folder, async () => "done", { deadlineMs: 300 })).rejects.toThrow("still holds");
    const longAgo = new Date(Date.now() - 600_000);
    await utimes(owner, longAgo, longAgo);
    expect(await withLock(folder, async () => "done", { deadlineMs: 300 })).toBe("done");
  });
});
