import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

/** nginx with these `server` and `upstream` blocks; `PORT` in them is where it listens. */
export async function startNginx(path: string, folder: string, blocks: string): Promise<Server> {
  const port = await freePort();
  for (const name of ["logs", "body", "proxy", "fastcgi", "uwsgi", "scgi"])
    mkdirSync(join(folder, name), { recursive: true });
  const config = `worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/logs/error.log;
user root;
events { worker_connections 256; }
http { access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
${blocks.replaceAll("PORT", String(port))} }`;
  writeFileSync(join(folder, "nginx.conf"), config);
  return serve(
    spawn(path, ["-c", join(folder, "nginx.conf"), "-p", folder, "-e", "stderr"], {
      stdio: ["ignore", "ignore", "pipe"],
    }),
    port,
  );
}

/** haproxy with these sections after `defaults`. */
export async function startHaproxy(path: string, folder: string, sections: string): Promise<Server> {
  const port = await freePort();
  const config = `global\n  maxconn 256\ndefaults\n  mode http\n  timeout connect 2s\n  timeout client 5s\n  timeout server 5s\n${sections.replaceAll("PORT", String(port))}\n`;
  writeFileSync(join(folder, "haproxy.cfg"), config);
  return serve(spawn(path, ["-db", "-f", join(folder, "haproxy.cfg")], { stdio: ["ignore", "ignore", "pipe"] }), port);
}

/** A program that is to listen on a port, once it does. */
export async function serve(child: ChildProcess, port: number, withinMs = 10_000): Promise<Server> {
  let complaints = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  const deadline = Date.now() + withinMs;
  while (!(await listens(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start: ${complaints}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return {
    port,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), 3000);
      await once(child, "exit");
      clearTimeout(hard);
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
