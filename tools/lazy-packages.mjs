import { fileURLToPath } from "node:url";
import { build as bundle } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Packages carried as text and compiled when they are first used: of a module V8 reads every function before the first line
 * runs, of a text only where it ends. CommonJS inside, since `require` is there already. An import of a name that is not
 * listed fails the build.
 *
 * @param {Readonly<Record<string, readonly string[]>>} packages what is imported of each; the rest is left out
 * @param {string[]} notices filled with the licence comments of what is in the texts
 */
export const lazyPackages = (packages, notices) => ({
  name: "lazy-packages",
  setup(build) {
    const { platform, target } = build.initialOptions;
    build.onResolve({ filter: new RegExp(`^(?:${Object.keys(packages).join("|")})$`) }, ({ path }) => ({
      path,
      namespace: "as-text",
    }));
    build.onLoad({ filter: /./, namespace: "as-text" }, async ({ path }) => {
      const names = packages[path].join(", ");
      const { outputFiles } = await bundle({
        stdin: { contents: `export { ${names} } from ${JSON.stringify(path)};`, resolveDir: root },
        bundle: true,
        write: false,
        outfile: "text.cjs",
        platform,
        target,
        format: "cjs",
        minify: true,
        keepNames: true,
        legalComments: "external",
        // An import() inside a text would have no module to belong to.
        supported: { "dynamic-import": false },
        logLevel: "warning",
      });
      const textOf = (end) => outputFiles.find((file) => file.path.endsWith(end))?.text ?? "";
      notices.push(textOf(".LEGAL.txt"));
      const contents = `
        import { compileFunction } from "node:vm";
        const words = ["module", "exports", "require"];
        const run = compileFunction(${JSON.stringify(textOf("text.cjs"))}, words, { filename: "pathproof/${path}" });
        const module = { exports: {} };
        run(module, module.exports, require);
        export const { ${names} } = module.exports;`;
      return { contents, loader: "js", resolveDir: root };
    });
  },
});
