import { trusted } from "./markup.ts";

// Series: the Okabe-Ito set, darkened or lightened until a line stands out 3:1 from the card; dashes say the same again.
export const loadStyle = trusted(`
:root{--c1:#0072b2;--c2:#c44e00;--c3:#007f5f;--c4:#a8517f;--c5:#946200;--c6:#1c2024;--bad:#c44e00;--opened:#0072b2;--grid:#e4e7ea;--hit:#1c202414}
@media screen and (prefers-color-scheme:dark){:root{--c1:#56b4e9;--c2:#ff9255;--c3:#2bc79b;--c4:#e29cc4;--c5:#f0b840;--c6:#e8eaed;--bad:#ff9255;--opened:#56b4e9;--grid:#30363d;--hit:#ffffff1f}}
td code,th code{white-space:nowrap}
.lead{margin:-.4rem 0 .9rem}
h4{font-size:.95rem;margin:1.5rem 0 .4rem}
.numbers td{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.numbers thead th{text-align:right;vertical-align:bottom}.numbers thead th:first-child{text-align:left}
.numbers th[scope=row]{font-weight:600}.numbers th small{display:block;font-weight:400;color:var(--soft);max-width:34rem;min-width:min(15rem,40vw)}
.numbers thead .over{text-align:center;border-bottom:0;padding-bottom:0}.numbers thead tr+tr th:first-child{text-align:right}.numbers .none{text-align:left;color:var(--soft)}
.overview{margin:0}.overview td,.overview thead th{padding-left:.4rem;padding-right:.4rem}.overview th[scope=row]{min-width:12rem;overflow-wrap:anywhere}
section>.scroll+.card,section>.scroll+.load{margin-top:1rem}
.load summary h3{display:inline;font-size:1.05rem;overflow-wrap:anywhere}
.load .inside{padding:.25rem 1.25rem 1.25rem;border-top:1px solid var(--line)}
.load .inside .scroll{border:1px solid var(--line);border-radius:.6rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1px;background:var(--card);border:1px solid var(--line);border-radius:.6rem;overflow:hidden;margin:1rem 0}
.figures div{box-shadow:0 0 0 1px var(--line);padding:.6rem .8rem}.figures dt{font-size:.85rem}.figures b{font-size:1.15rem;font-variant-numeric:tabular-nums}
.figures dd{margin:0}.figures small{display:block;color:var(--soft);line-height:1.3}
.note{border-radius:.6rem;padding:.7rem 1rem;margin:1rem 0;overflow-wrap:anywhere}.note ul{margin:.3rem 0 0;padding-left:1.1rem;color:var(--ink)}
figure{margin:1.5rem 0 0;break-inside:avoid}.card>figure{margin:0}
figure .legend{margin:.4rem 0 .2rem}
.swatch{width:2rem;height:.75rem;vertical-align:-.05em}
.stack{position:relative;margin:.9rem 0 2rem}
.plot{position:relative;margin:.25rem .9rem 0 4.6rem}
.plot svg,.hits{display:block;width:100%;height:100%;overflow:visible}
.plot.tall{height:18rem}.plot.middle{height:12rem}.plot.low{height:5rem}
.hits{position:absolute;top:0;bottom:0;left:4.6rem;width:calc(100% - 5.5rem)}
.hits rect{fill:transparent}.hits rect:hover{fill:var(--hit)}
.plot .y,.plot .x{position:absolute;font-size:.75rem;line-height:1;color:var(--soft);white-space:nowrap;font-variant-numeric:tabular-nums}
.plot .y{right:100%;padding-right:.5rem;transform:translateY(50%)}.plot .x{top:100%;margin-top:.6rem;transform:translateX(-50%)}
.panel{margin:1rem 0 .5rem;font-size:.8rem;color:var(--soft)}
path{vector-effect:non-scaling-stroke;fill:none;stroke-linejoin:round;stroke-linecap:round}
.grid{stroke:var(--grid)}.line{stroke:var(--c);stroke-width:2}.dot{stroke:var(--c);stroke-width:8}.band{fill:var(--c);fill-opacity:.28}.bar{fill:var(--c);stroke:var(--c);stroke-width:.5}
.s1{--c:var(--c1)}.s2{--c:var(--c2)}.s3{--c:var(--c3)}.s4{--c:var(--c4)}.s5{--c:var(--c5)}.s6{--c:var(--c6)}.bad{--c:var(--bad)}.opened{--c:var(--opened)}.asked{--c:var(--soft)}
.line.s2{stroke-dasharray:7 4}.line.s3{stroke-dasharray:1 4}.line.s4{stroke-dasharray:10 4 2 4}.line.s5{stroke-dasharray:14 5}.line.p99{stroke:var(--c2);stroke-width:1.5}.band.p99{fill:var(--c2)}.line.asked{stroke-dasharray:3 4;stroke-width:1.5}
.dot.s2,.dot.s4,.dot.s6{stroke-linecap:square}
.meter{display:inline-block;width:8rem;height:.7rem;border:1px solid var(--line);border-radius:.2rem;vertical-align:-.05em;text-align:left;overflow:hidden}
.meter span{display:block;height:100%;min-width:2px;background:var(--c)}
.data{margin:0;border-style:dashed}.data .scroll{max-height:26rem;overflow:auto}.data thead th{position:sticky;top:0;background:var(--card)}
.load .inside .data .scroll{border:0;border-top:1px solid var(--line)}
.data summary{font-size:.875rem;color:var(--soft);padding:.4rem .8rem}
@media (max-width:40rem){.minor{display:none}.plot{margin-left:3.8rem}.hits{left:3.8rem;width:calc(100% - 4.7rem)}.load .inside{padding:.25rem .75rem 1rem}}
@media print{.data{display:none}.numbers td,td code,th code{white-space:normal}.numbers th small,.overview th[scope=row]{min-width:0}.meter{width:5rem}.plot.tall{height:12rem}.plot.middle{height:8rem}.plot.low{height:3.2rem}.meter span{print-color-adjust:exact}}
`);
