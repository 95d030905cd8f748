import { trusted } from "../markup.ts";

/** Series differ by dashes and by the shape of their marks as they do by colour. */
export const charts = trusted(`
figure{margin:1.75rem 0 0}.card>figure:first-child{margin:0}
figure .legend{margin:.4rem 0 .2rem}
.swatch{width:2rem;height:.75rem;vertical-align:-.05em}
.stack{position:relative;margin:.9rem 0 2rem}
.plot{position:relative;margin:.25rem .9rem 0 4.6rem}
.plot svg,.hits{display:block;width:100%;height:100%;overflow:visible}
.plot.tall{height:18rem}.plot.middle{height:12rem}.plot.low{height:5rem}
.hits{position:absolute;top:0;bottom:0;left:4.6rem;width:calc(100% - 5.5rem)}
.hits rect{fill:transparent;height:1px}.hits rect:hover,.hits rect.here{fill:var(--hit)}
.plot .y,.plot .x{position:absolute;font-size:.75rem;line-height:1;color:var(--soft);white-space:nowrap;font-variant-numeric:tabular-nums}
.plot .y{right:100%;padding-right:.5rem;transform:translateY(50%)}.plot .x{top:100%;margin-top:.6rem;transform:translateX(-50%)}
.panel{margin:1rem 0 .5rem;font-size:.8rem;color:var(--soft)}
.readout{min-height:1.5em;font-size:.82rem;color:var(--soft);font-variant-numeric:tabular-nums;overflow-wrap:anywhere;margin:-.4rem 0 .7rem}.readout[aria-valuetext]{color:var(--ink)}
.views{display:inline-flex;border:1px solid var(--line);border-radius:.5rem;overflow:hidden;font-size:.8rem;margin:.5rem 0 0}
.views label{padding:.2rem .7rem;color:var(--soft);cursor:pointer}.views input{position:absolute;opacity:0;pointer-events:none}
.views label:has(:checked){background:var(--code);color:var(--ink);font-weight:600}.views label:has(:focus-visible){outline:.2rem solid var(--link)}
figure:has(.view-1:checked) .shown-2,figure:has(.view-2:checked) .shown-1,figure:not(:has(.view-2:checked)) .shown-2{display:none}
path{vector-effect:non-scaling-stroke;fill:none;stroke-linejoin:round;stroke-linecap:round}
.grid{stroke:var(--grid)}.line{stroke:var(--c);stroke-width:2}.dot{stroke:var(--c);stroke-width:8}.dot.past{stroke-width:5;stroke-opacity:.75}.band{fill:var(--c);fill-opacity:.28}.bar.asked{fill-opacity:.55;stroke-opacity:0}.bar{fill:var(--c);stroke:var(--c);stroke-width:.5}
.line.s2{stroke-dasharray:7 4}.line.s3{stroke-dasharray:1 4}.line.s4{stroke-dasharray:10 4 2 4}.line.s5{stroke-dasharray:14 5}.line.p99{stroke:var(--c2);stroke-width:1.5}.band.p99{fill:var(--c2)}.line.asked{stroke-dasharray:3 4;stroke-width:1.5}
.dot.s2,.dot.s4,.dot.s6{stroke-linecap:square}
.zone{fill:var(--margin);stroke:none}.edge{stroke:var(--c1);stroke-dasharray:3 3;stroke-opacity:.8}.zero{stroke:var(--soft);stroke-width:1.25}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:.5rem 1.25rem;margin-bottom:.6rem}.panels .panel{margin:.8rem 0 .2rem}.panels>div{min-width:0}
.plot.lanes{height:auto;margin:.25rem 1.8rem 2.2rem 1.4rem;padding:.2rem 0}.plot .under{position:absolute;inset:0}.lane{position:relative;padding:.15rem 0}.lane svg{height:1.3rem}
.lane-label{display:block;position:relative;font-size:.82rem;line-height:1.5;overflow-wrap:anywhere}.lane-label>span{background:var(--card);border-radius:.3rem;padding:.05rem .3rem;margin-left:-.3rem}.lane-label .badge{font-size:.75rem;padding:0 .4em}
.falls{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:1rem}.fall{margin:0;padding:.8rem 1rem}
.fall table{font-size:.85rem;margin-top:.4rem;table-layout:fixed}.fall caption{text-align:left;color:var(--soft);font-size:.8rem}.fall th,.fall td{border:0;padding:.05rem .5rem .05rem 0;font-weight:400;font-variant-numeric:tabular-nums;white-space:nowrap}.fall th{width:4.2rem;color:var(--soft)}.fall td{width:5.2rem;text-align:right}.fall td.bar-of{width:auto;padding:0;text-align:left;border-left:1px solid var(--line)}
.fall td,.fall th{vertical-align:middle}.bar-of span{display:block;height:.75rem;min-width:2px;border-radius:.1rem;background:var(--c1)}.bar-of .dns,.bar-of .connect,.bar-of .tls{background:var(--c2)}.bar-of .wait{background:repeating-linear-gradient(135deg,var(--c1) 0 6px,transparent 6px 8px)}.unit{color:var(--soft)}
.whisker{stroke:var(--c);stroke-width:3}.mark{stroke:var(--c);stroke-width:12}.mark.equivalent{stroke-linecap:square;stroke-linejoin:miter;stroke-width:10}.reach{stroke:var(--c);stroke-width:12;stroke-linecap:butt;stroke-opacity:.75}.hole{stroke:var(--card);stroke-width:6}
.whisker.alive{--c:var(--c1)}.whisker.unknown{--c:var(--soft);stroke-dasharray:4 5}.mark.ended{--c:var(--c2);stroke-linecap:square;stroke-width:10}.whisker.inconclusive{stroke-dasharray:5 5}path.faster,path.slower{--c:var(--link)}path.equivalent{--c:var(--pass)}path.inconclusive{--c:var(--inconclusive)}path.differs{--c:var(--link)}path.pass,path.inconclusive,path.equivalent,path.differs{background:none}
@media (max-width:40rem){.minor{display:none}.plot{margin-left:3.8rem}.hits{left:3.8rem;width:calc(100% - 4.7rem)}}
`);
