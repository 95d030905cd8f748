import { execFile, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { freePort, type Server, serve, startHaproxy, startNginx } from "./servers.ts";

/** Servers nobody here wrote, each told to end idle connections after so many milliseconds. */
export type StartIdle = (program: string, folder: string, idleMs: number) => Promise<Server>;

export const idleNginx: StartIdle = (program, folder, idleMs) =>
  startNginx(
    program,
    folder,
    `server { listen 127.0.0.1:PORT; keepalive_timeout ${idleMs}ms; location / { return 200 "tea"; } }`,
  );

export const idleHaproxy: StartIdle = (program, folder, idleMs) =>
  startHaproxy(
    program,
    folder,
    `frontend f\n  bind 127.0.0.1:PORT\n  timeout client 60s\n  timeout http-keep-alive ${idleMs}ms\n  http-request return status 200 content-type text/plain string "tea"`,
  );

export const idleApache: StartIdle = async (program, folder, idleMs) => {
  const port = await freePort();
  mkdirSync(join(folder, "htdocs"), { recursive: true });
  writeFileSync(join(folder, "htdocs/index.html"), "tea");
  const file = join(folder, "httpd.conf");
  const modules = "/usr/lib/apache2/modules";
  writeFileSync(
    file,
    `ServerRoot ${folder}
ServerName localhost
PidFile ${folder}/httpd.pid
Listen 127.0.0.1:${port}
LoadModule mpm_event_module ${modules}/mod_mpm_event.so
LoadModule authz_core_module ${modules}/mod_authz_core.so
LoadModule dir_module ${modules}/mod_dir.so
DocumentRoot ${folder}/htdocs
DirectoryIndex index.html
ErrorLog ${folder}/error.log
Mutex posixsem
KeepAlive On
KeepAliveTimeout ${idleMs}ms
`,
  );
  return serve(spawn(program, ["-f", file, "-X"], { stdio: ["ignore", "ignore", "pipe"] }), port);
};

/** Node's own server: it adds `keepAliveTimeoutBuffer` of its own to what it is told, in versions that have it. */
export const idleNode: StartIdle = async (program, _folder, idleMs) => {
  const port = await freePort();
  const script = `const server = require("node:http").createServer((_, response) => response.end("tea"));
server.keepAliveTimeout = ${idleMs}; server.listen(${port}, "127.0.0.1");`;
  return serve(spawn(program, ["-e", script], { stdio: ["ignore", "ignore", "pipe"] }), port);
};

export const idleGo: StartIdle = async (program, folder, idleMs) => {
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "go.mod"), "module idle\n\ngo 1.19\n");
  writeFileSync(
    join(folder, "main.go"),
    `package main

import (
	"net/http"
	"os"
	"time"
)

func main() {
	idle, err := time.ParseDuration(os.Args[2])
	if err != nil {
		panic(err)
	}
	tea := func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("tea")) }
	panic((&http.Server{Addr: os.Args[1], IdleTimeout: idle, Handler: http.HandlerFunc(tea)}).ListenAndServe())
}
`,
  );
  const binary = join(folder, "idle");
  await promisify(execFile)(program, ["build", "-o", binary, "."], {
    cwd: folder,
    env: { ...process.env, GOTOOLCHAIN: "local", GOCACHE: resolve("node_modules/.cache/pathproof/go") },
    timeout: 240_000,
  });
  return serve(spawn(binary, [`127.0.0.1:${port}`, `${idleMs}ms`], { stdio: ["ignore", "ignore", "pipe"] }), port);
};

/**
 * The JDK's small server: whole seconds, looked at every clock tick.
 *
 * @param javac of a JDK: a runtime alone does not run what is not compiled
 */
export const idleJava: StartIdle = async (javac, _folder, idleMs) => {
  const port = await freePort();
  const settings = [
    `-Dsun.net.httpserver.idleInterval=${Math.round(idleMs / 1000)}`,
    "-Dsun.net.httpserver.clockTick=100",
  ];
  const source = resolve("test/support/java/Idle.java");
  return serve(
    spawn(join(dirname(javac), "java"), [...settings, source, String(port)], { stdio: ["ignore", "ignore", "pipe"] }),
    port,
    60_000,
  );
};

/** What a plain socket sees: how long after its answer the server closes; null when it does not within `withinMs`. */
export function plainIdle(port: number, withinMs: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    let answeredAt = 0;
    const timer = setTimeout(() => {
      socket.destroy();
      resolve(null);
    }, withinMs);
    socket.on("data", () => {
      answeredAt = performance.now();
    });
    socket.once("end", () => {
      clearTimeout(timer);
      resolve(performance.now() - answeredAt);
      socket.destroy();
    });
    socket.once("error", reject);
  });
}
