import { trusted } from "./markup.ts";

// Colours are the Okabe-Ito set, darkened or lightened until text on them passes WCAG AA in both schemes; a glyph always says
// the same as the colour does.
export const style = trusted(`
:root{color-scheme:light dark;--bg:#fbfbfa;--card:#fff;--ink:#1c2024;--soft:#5b6470;--line:#dfe2e6;--code:#f1f3f5;
--pass:#00664b;--pass-bg:#e0f3ec;--fail:#a8330a;--fail-bg:#fdeae2;--inconclusive:#7a5200;--inconclusive-bg:#fdf3d6;--skipped:#5b6470;--skipped-bg:#eef0f2;--link:#0059a0}
@media screen and (prefers-color-scheme:dark){:root{--bg:#14171a;--card:#1c2024;--ink:#e8eaed;--soft:#a3adb8;--line:#343a41;--code:#262b31;
--pass:#5fd3ad;--pass-bg:#12352b;--fail:#ff9d75;--fail-bg:#46200f;--inconclusive:#f2c14e;--inconclusive-bg:#3d2f0a;--skipped:#a3adb8;--skipped-bg:#262b31;--link:#7cc0ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main,header,footer{max-width:76rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
h1{font-size:1rem;font-weight:600;margin:0;color:var(--soft);letter-spacing:.02em}
h1,h2,summary{overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2.5rem 0 .75rem}
h3{font-size:1rem;margin:0}
a{color:var(--link)}
code,.wire{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em}
code{background:var(--code);border-radius:.25rem;padding:.1em .35em;overflow-wrap:anywhere}
.headline{display:flex;gap:1rem;align-items:baseline;flex-wrap:wrap;margin:.75rem 0 .25rem;font-size:1.35rem;line-height:1.35;font-weight:600;overflow-wrap:anywhere}
.headline p{margin:0;flex:1 1 18rem}
.badge{display:inline-block;border-radius:.35rem;padding:.1em .55em;font-weight:700;white-space:nowrap}
.pass{color:var(--pass);background:var(--pass-bg)}.fail{color:var(--fail);background:var(--fail-bg)}
.inconclusive{color:var(--inconclusive);background:var(--inconclusive-bg)}.skipped{color:var(--skipped);background:var(--skipped-bg)}
.meta{color:var(--soft);margin:0;font-size:.9rem;overflow-wrap:anywhere}
.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.25rem;margin:0 0 1rem;break-inside:avoid}
.card.trouble-fail{border-left:.35rem solid var(--fail)}.card.trouble-inconclusive{border-left:.35rem solid var(--inconclusive)}
.card h3{overflow-wrap:anywhere}.card .where{color:var(--soft);font-size:.9rem;margin:0 0 .15rem;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.4rem 1rem;margin:.75rem 0 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}dd ul{margin:0;padding-left:1.1rem}
.wire{white-space:pre-wrap;overflow-wrap:anywhere}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.6rem;background:var(--card)}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{padding:.4rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
tbody tr:last-child>*{border-bottom:0}
.matrix{width:auto;min-width:min(100%,32rem)}.matrix thead th{vertical-align:bottom}.matrix .groups th{padding:.4rem .1rem;text-align:center;font-weight:600;font-size:.8rem;color:var(--soft);border-bottom:0}.matrix .groups th:first-child{text-align:left;padding-left:.6rem;color:var(--ink);font-size:.9rem;z-index:2;left:0;position:sticky;background:var(--card)}.matrix .groups span{display:block;max-width:100%;overflow:hidden;text-overflow:ellipsis}
.matrix th.check{height:13.5rem;text-align:center;padding:.4rem .1rem;font-weight:500}
.matrix th.check span{writing-mode:vertical-rl;display:inline-block;transform:rotate(180deg);white-space:nowrap;max-height:12rem}
.matrix td{text-align:center;padding:.25rem .1rem;min-width:1.7rem}
.matrix td .badge{padding:.05em .4em;min-width:1.6em;text-align:center}
.matrix th.target{position:sticky;left:0;background:var(--card);max-width:16rem;overflow-wrap:anywhere;font-weight:600}
.matrix th.target small{display:block;font-weight:400;color:var(--soft)}
.scroll.many{max-height:90vh;overflow:auto}.many thead{position:sticky;top:0;background:var(--card);z-index:3;box-shadow:0 1px 0 var(--line)}
.chip{display:inline-block;margin:0 .3rem .2rem 0;overflow-wrap:anywhere}.inner{padding:.2rem .8rem .8rem}dd>.data{margin-top:.5rem}
.matrix .first{border-left:1px solid var(--line)}
.legend{display:flex;gap:.4rem 1.25rem;flex-wrap:wrap;font-size:.875rem;color:var(--soft);margin:.6rem 0 0;padding:0;list-style:none}.legend li{min-width:0;overflow-wrap:anywhere}
details{background:var(--card);border:1px solid var(--line);border-radius:.6rem;margin:0 0 .6rem}
summary{cursor:pointer;padding:.6rem 1rem;overflow-wrap:anywhere}
summary:focus-visible,a:focus-visible,.scroll:focus-visible{outline:.2rem solid var(--link);outline-offset:.1rem}
details .scroll{border:0;border-top:1px solid var(--line);border-radius:0 0 .6rem .6rem}
details td:first-child{white-space:nowrap}details td{overflow-wrap:break-word;min-width:6rem}
.measures{color:var(--soft);font-size:.85rem}
footer{color:var(--soft);font-size:.875rem;padding:1.5rem 1.25rem 3rem}
@media (max-width:40rem){dl{grid-template-columns:minmax(0,1fr);gap:.1rem}dd{margin:0 0 .4rem}.headline{font-size:1.15rem}.matrix th.target{max-width:8.5rem}}
@media print{:root{--bg:#fff;--card:#fff}html{font-size:11px}th,td{padding:.25rem .35rem}details::details-content{content-visibility:visible;display:block}.scroll,.scroll.many{overflow:visible;max-height:none}.many thead{position:static}.matrix th.target{position:static}a{color:inherit}}
`);
