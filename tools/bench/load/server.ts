// Servers for the benches of engines, each a process of its own on loopback.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Server {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export const onPath = (name: string): string | null =>
  spawnSync("sh", ["-c", `command -v ${name}`])
    .stdout.toString()
    .trim() || null;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** nginx where there is one; else the cheapest server, which a compiler must make. */
export async function startStatic(root: string): Promise<Server> {
  const nginx = onPath("nginx");
  return nginx === null ? startEcho(root) : serve("nginx", (folder, port) => startNginx(nginx, folder, port));
}

/** One that costs next to nothing a request: what is left of the machine is the clients'. */
export async function startEcho(root: string): Promise<Server> {
  return serve("the cheapest server", (folder, port) => {
    const made = spawnSync("cc", ["-O2", "-o", join(folder, "echo"), join(root, "tools/bench/load/echo.c")]);
    if (made.status !== 0) throw new Error(`cc could not make tools/bench/load/echo.c: ${made.stderr}`);
    return spawn(join(folder, "echo"), [String(port)], { stdio: "ignore" });
  });
}

async function serve(name: string, start: (folder: string, port: number) => ChildProcess): Promise<Server> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "pathproof-bench-"));
  const child = start(folder, port);
  for (let tries = 0; tries < 100 && !(await answers(port)); tries += 1)
    await new Promise((done) => setTimeout(done, 50));
  return {
    name,
    port,
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

function startNginx(path: string, folder: string, port: number): ChildProcess {
  for (const name of ["logs", "body", "proxy", "fastcgi", "uwsgi", "scgi"]) mkdirSync(join(folder, name));
  const places = ["proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
  writeFileSync(
    join(folder, "nginx.conf"),
    `worker_processes 1; daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/logs/error.log;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 1000000000; keepalive_time 1h; client_body_temp_path ${folder}/body; ${places}
server { listen 127.0.0.1:${port} backlog=4096; location / { return 200 "hello world"; } } }`,
  );
  return spawn(path, ["-c", join(folder, "nginx.conf"), "-p", folder, "-e", "stderr"], { stdio: "ignore" });
}

/** Seconds of CPU a process has used so far, all of its threads. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
