import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Programs nobody here wrote, and where Debian and others put them. */
const places: Readonly<Record<string, readonly string[]>> = {
  chromium: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
  nginx: ["/usr/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx"],
  haproxy: ["/usr/sbin/haproxy", "/usr/bin/haproxy", "/opt/homebrew/bin/haproxy"],
  openssl: ["/usr/bin/openssl", "/opt/homebrew/bin/openssl"],
  curl: ["/usr/bin/curl"],
  apache2: ["/usr/sbin/apache2", "/usr/sbin/httpd"],
  go: ["/usr/local/go/bin/go", "/usr/bin/go"],
  javac: ["/usr/bin/javac"],
};

/** Debian's packages that are not called as their program is. */
const packages: Readonly<Record<string, string>> = {
  apache2: "apache2-bin",
  go: "golang-go",
  javac: "default-jdk-headless",
  mvn: "maven",
};

/**
 * The program's path. Where it is missing, the test that asks is skipped and says why, loudly; in CI nothing is skipped, so
 * it fails there.
 */
export function findTool(name: string): string | null {
  const path = places[name]?.find((place) => existsSync(place)) ?? onPath(name);
  return path ?? missing(name, `install it to run these tests (Debian: apt-get install ${packages[name] ?? name})`);
}

/** A Python that can import the module. */
export function findPython(module: string): string | null {
  const able = ["python3", "/usr/bin/python3"].find(
    (python) => spawnSync(python, ["-c", `import ${module}`], { timeout: 20_000 }).status === 0,
  );
  return able ?? missing(`python3 with ${module}`, `apt-get install python3-${module}, or pip install ${module}`);
}

function onPath(name: string): string | null {
  try {
    return execFileSync("which", [name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() || null;
  } catch {
    return null;
  }
}

function missing(what: string, how: string): null {
  if (process.env["CI"]) throw new Error(`${what} is missing, and in CI nothing is skipped: ${how}`);
  console.warn(`\nSKIPPED: ${what} is missing; ${how}\n`);
  return null;
}
