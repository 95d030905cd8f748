import { join, resolve } from "node:path";
import { cacheFolder } from "#node/load/k6-binary/cache.ts";
import { fetchBy, provided } from "../provided.ts";
import { findTool } from "../tools.ts";

const version = "5.4.4";

/** The folder of Apache HttpClient's jars, fetched the first time; null where they cannot be had, which is said. */
export const apacheJars = (): Promise<string | null> =>
  provided({
    name: `Apache HttpClient ${version}`,
    path: join(cacheFolder(process.env), `httpclient5-v${version}`),
    async make(at) {
      const maven = findTool("mvn");
      if (maven === null) return "there is no mvn";
      const pins = ["-f", resolve("tools/java/pom.xml")];
      const words = ["-q", "-B", ...pins, "dependency:copy-dependencies", `-DoutputDirectory=${at}`];
      return fetchBy(maven, words);
    },
  });
