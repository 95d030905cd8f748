import { trusted } from "../markup.ts";

/** Head, contents, sections, cards and lists. Nothing moves, so there is no motion to reduce. */
export const page = trusted(`
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main,body>header,body>footer{max-width:80rem;margin:0 auto;padding:0 1.25rem}
main:focus{outline:0}
.skip{position:absolute;left:1rem;top:-4rem;background:var(--ink);color:var(--bg);padding:.5rem 1rem;border-radius:0 0 .5rem .5rem;z-index:9}.skip:focus{top:0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,input:focus-visible,button:focus-visible,[tabindex]:focus-visible{outline:.2rem solid var(--link);outline-offset:.1rem}
body>header{padding-top:1.75rem}
.brand{margin:0 0 .6rem;color:var(--soft);letter-spacing:.02em}.brand b{color:var(--ink)}
.verdict{background:var(--card);border:1px solid var(--line);border-left:.45rem solid var(--soft);border-radius:.7rem;padding:1.1rem 1.4rem 1.2rem}
.verdict.pass{border-left-color:var(--pass)}.verdict.fail{border-left-color:var(--fail)}.verdict.inconclusive{border-left-color:var(--inconclusive)}
.verdict.pass,.verdict.fail,.verdict.inconclusive,.verdict.skipped{background:var(--card);color:var(--ink)}
h1{display:flex;gap:.6rem 1rem;align-items:baseline;flex-wrap:wrap;margin:0 0 .4rem;font-size:1.45rem;line-height:1.35;font-weight:650}
h1>span:last-child{flex:1 1 18rem;min-width:0}
h1,h2,h3,summary{overflow-wrap:anywhere;text-wrap:pretty}p,li,figcaption{overflow-wrap:anywhere}
h2{font-size:1.25rem;line-height:1.3;margin:2.75rem 0 .8rem;font-weight:650}h3{font-size:1.05rem;margin:0}h4{font-size:.95rem;margin:1.75rem 0 .4rem}
h3+.scroll{margin-top:.5rem}.scroll+h3{margin-top:1.25rem}
.meta{color:var(--soft);margin:0;font-size:.9rem;overflow-wrap:anywhere}.meta.lead{margin:-.5rem 0 .9rem}.meta.after,.data.after{margin:.6rem 0 0}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.25rem;list-style:none;margin:.9rem 0 0;padding:0 .1rem;font-size:.9rem}nav li{min-width:0;overflow-wrap:anywhere}
nav a{text-underline-offset:.2em}
pre{overflow-x:auto;margin:.4rem .8rem}
code,pre,.wire{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em}
code{background:var(--code);border-radius:.25rem;padding:.1em .35em;overflow-wrap:anywhere}
.badge{display:inline-block;border-radius:.35rem;padding:.1em .55em;font-weight:700;white-space:nowrap}
.tally{display:flex;height:.6rem;border-radius:.3rem;overflow:hidden;gap:2px;margin:.9rem 0 .5rem}.tally span{background:var(--c);min-width:4px}
.tally .pass{--c:var(--pass)}.tally .fail{--c:var(--fail)}.tally .inconclusive{--c:var(--inconclusive)}.tally .skipped{--c:var(--line)}
.tally .fail{background:repeating-linear-gradient(135deg,var(--c) 0 5px,var(--card) 5px 7px)}.tally .inconclusive{background:repeating-linear-gradient(90deg,var(--c) 0 3px,var(--card) 3px 5px)}
.card{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:1rem 1.25rem;margin:0 0 1rem}
.card.trouble-fail{border-left:.45rem solid var(--fail)}.card.trouble-inconclusive{border-left:.45rem solid var(--inconclusive)}
.card .where{color:var(--soft);font-size:.9rem;margin:0 0 .25rem;overflow-wrap:anywhere}
.card>dl:first-child{margin-top:0}.card>ul{margin:.5rem 0;padding-left:1.2rem}.card>ul:first-child:last-child{margin:0}
dl{display:grid;grid-template-columns:fit-content(45%) minmax(0,1fr);gap:.4rem 1rem;margin:.75rem 0 0}
dt{color:var(--soft);overflow-wrap:anywhere}dd{margin:0;overflow-wrap:anywhere;max-width:62rem}dd ul{margin:0;padding-left:1.1rem}
.wire{white-space:pre-wrap;overflow-wrap:anywhere}
.chip{display:inline-block;margin:0 .3rem .2rem 0;overflow-wrap:anywhere}.inner{padding:.2rem .8rem .8rem}dd>.data{margin-top:.5rem}
details{background:var(--card);border:1px solid var(--line);border-radius:.7rem;margin:0 0 .6rem}
summary{cursor:pointer;padding:.6rem 1rem;border-radius:.7rem}
.data{margin:0;border-style:dashed}.also{font-weight:400;font-size:.875rem;margin:.3rem 0}.data summary{font-size:.875rem;color:var(--soft);padding:.4rem .8rem}
.note{border-radius:.6rem;padding:.7rem 1rem;margin:1rem 0;overflow-wrap:anywhere}.note ul{margin:.3rem 0 0;padding-left:1.1rem;color:var(--ink)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1px;background:var(--card);border:1px solid var(--line);border-radius:.6rem;overflow:hidden;margin:1rem 0}
.figures div{box-shadow:0 0 0 1px var(--line);padding:.6rem .8rem}.figures dt{font-size:.85rem}.figures b{font-size:1.15rem;font-variant-numeric:tabular-nums}
.figures dd{margin:0}.figures small{display:block;color:var(--soft);line-height:1.3}
.legend{display:flex;gap:.4rem 1.25rem;flex-wrap:wrap;font-size:.875rem;color:var(--soft);margin:.6rem 0 0;padding:0;list-style:none}.legend li{min-width:0;overflow-wrap:anywhere}
.choice{display:inline-flex;gap:.45rem;align-items:center;font-size:.9rem;color:var(--soft);cursor:pointer;margin:0 0 .6rem}.choice input{accent-color:var(--link);width:1.05rem;height:1.05rem;margin:0}
.sentences{margin:0 0 1rem;padding:0;list-style:none;display:grid;gap:.35rem}.sentences li{display:grid;grid-template-columns:5.5rem minmax(0,1fr);gap:.7rem;align-items:baseline;overflow-wrap:anywhere}
body>footer{color:var(--soft);font-size:.875rem;padding:1.75rem 1.25rem 3rem}
@media (max-width:40rem){main,body>header,body>footer{padding-left:.9rem;padding-right:.9rem}dl{grid-template-columns:minmax(0,1fr);gap:.1rem}dd{margin:0 0 .4rem}h1{font-size:1.2rem}.verdict{padding:.9rem 1rem}.card{padding:.8rem .9rem}.sentences li{grid-template-columns:minmax(0,1fr);gap:.1rem}}
`);
