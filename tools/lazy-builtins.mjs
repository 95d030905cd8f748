import { builtinModules } from "node:module";

/**
 * Node's own modules, each loaded by the first room that uses it. In an ES module they would all be imported before the first
 * line runs, HTTP/2 and worker threads for `--help` too.
 */
export const lazyBuiltins = {
  name: "lazy-builtins",
  setup(build) {
    const names = new Set(builtinModules);
    build.onResolve({ filter: /^(?:node:)?\w+(?:\/\w+)*$/ }, ({ path, namespace, kind }) => {
      const bare = path.replace(/^node:/, "");
      if (!names.has(bare) || kind === "require-call" || kind === "require-resolve") return null;
      if (namespace === "builtin") return { path: `node:${bare}`, external: true };
      return { path: `node:${bare}`, namespace: "builtin" };
    });
    build.onLoad({ filter: /.*/, namespace: "builtin" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
      loader: "js",
    }));
  },
};
