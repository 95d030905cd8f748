import { trusted } from "../markup.ts";

/**
 * Tables of words, tables of numbers, the matrix; each scrolls by itself where it is too wide. Those of many rows are laid out when
 * they come into sight: two hundred targets open in a third of the time.
 */
export const tables = trusted(`
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.7rem;background:var(--card);max-width:100%}
table{border-collapse:collapse;width:100%;font-size:.9rem}.overview,.auth{border-collapse:separate;border-spacing:0}
th,td{padding:.45rem .7rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{color:var(--soft);font-weight:600}
tbody tr:last-child>*{border-bottom:0}
td code,th code{white-space:nowrap}
tr:target>*{background:var(--inconclusive-bg)}
.numbers td{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.numbers thead th{text-align:right;vertical-align:bottom}.numbers thead th:first-child{text-align:left}
.numbers th[scope=row]{font-weight:600}.numbers th small{display:block;font-weight:400;color:var(--soft);max-width:34rem;min-width:min(15rem,40vw)}
.numbers thead .over{text-align:center;border-bottom:0;padding-bottom:0}.numbers thead tr+tr th:first-child{text-align:right}.numbers .none{text-align:left;color:var(--soft)}
.numbers td small{display:block;color:var(--soft)}.numbers .words{text-align:left}.numbers thead .words{text-align:left}.numbers td.words{white-space:normal;overflow-wrap:anywhere;min-width:5rem}.strips td:last-child{min-width:18rem}
.overview{margin:0}.overview td,.overview thead th{padding-left:.4rem;padding-right:.4rem}.overview thead th:first-child{padding-left:.7rem}.overview td:last-child,.overview thead th:last-child{padding-right:.7rem}.overview th[scope=row]{min-width:12rem;overflow-wrap:anywhere;position:sticky;left:0;background:var(--card)}
.rules td{white-space:nowrap;font-variant-numeric:tabular-nums}.rules th[scope=row]{overflow-wrap:anywhere;min-width:8rem}
.scroll.fit{width:fit-content}
.matrix{width:auto}.matrix thead th{vertical-align:bottom}
.matrix .groups th{padding:.4rem .1rem;text-align:center;font-size:.8rem;border-bottom:0}
.matrix .groups th:first-child{border-bottom:1px solid var(--line);text-align:left;padding-left:.7rem;color:var(--ink);font-size:.9rem;z-index:2;left:0;position:sticky;background:var(--card)}
.matrix .groups span{display:block;max-width:100%;overflow:hidden;text-overflow:ellipsis}
.matrix th.check{height:13.5rem;text-align:center;padding:.4rem .1rem;font-weight:500;color:var(--ink)}
.matrix th.check span{writing-mode:vertical-rl;display:inline-block;transform:rotate(180deg);white-space:nowrap;max-height:12.5rem}
.matrix td{text-align:center;padding:.3rem .1rem;min-width:1.75rem}
.matrix td .badge{padding:.05em .4em;min-width:1.65em;text-align:center}.matrix td a{text-decoration:none}
.matrix td .badge.skipped{background:none;font-weight:400}
.matrix tbody th{position:sticky;left:0;background:var(--card);min-width:11rem;max-width:16rem;overflow-wrap:anywhere;font-weight:600}
.matrix tbody small{display:block;font-weight:400;color:var(--soft)}
.matrix col.first{border-left:1px solid var(--line)}
.terse td:not([class=none]){font-size:0;background:none}.terse td::before,.terse td a::before{font-size:.9rem;line-height:1.5;display:inline-block;box-sizing:border-box;padding:.05em .4em;min-width:1.65em;border-radius:.35rem;font-weight:700}.terse td:not([class],:empty)::before{content:"✓" / "";color:var(--pass);background:var(--pass-bg)}.terse td:not([class]):empty::before{content:"–" / "Skipped";color:var(--skipped);font-weight:400}
.terse .fail a::before{content:"✗" / "";color:var(--fail);background:var(--fail-bg)}.terse .inconclusive a::before{content:"?" / "";color:var(--inconclusive);background:var(--inconclusive-bg)}
.times th.check{height:15.5rem}.times th.check span{max-height:15rem;font-size:.85rem}.times tbody th{padding:.25rem .7rem}.times td{vertical-align:middle;font-size:.78rem;font-variant-numeric:tabular-nums;text-align:right;padding:.2rem .3rem}
.matrix tbody tr:hover>*{background:var(--code)}
.auth td{min-width:6.5rem;padding:.4rem .5rem}.auth td small{display:block;color:var(--soft);line-height:1.35;overflow-wrap:anywhere}.auth td .badge{font-size:.85rem}.auth th[scope=row]{min-width:9rem;overflow-wrap:anywhere;position:sticky;left:0;background:var(--card)}.signatures th[scope=row]::first-letter{text-transform:uppercase}.signatures th[scope=row]{width:11rem;font-weight:600}.signatures ul{list-style:none;margin:0;padding:0;display:grid;gap:.3rem}.signatures li{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,6fr);gap:0 1rem;align-items:baseline}.signatures .badge{font-size:.85rem}.signatures th{overflow-wrap:anywhere}.auth .none{color:var(--soft)}
.auth td:has(small){min-width:13rem}.auth details{border:0;background:none;margin:0}.auth summary{padding:0;color:var(--soft);font-size:.8rem;line-height:1.35}.auth details small{padding-top:.2rem}.troubles{list-style:none;margin:.6rem 0 1.2rem;padding:0;font-size:.9rem}.troubles li{margin:.25rem 0;overflow-wrap:anywhere}.troubles .badge{font-size:.8rem}
section:has(.only-trouble:checked) .well{display:none}
.scroll.many{max-height:90vh;overflow:auto;content-visibility:auto;contain-intrinsic-size:auto 70rem auto 90vh}.many thead{position:sticky;top:0;background:var(--card);z-index:3;box-shadow:0 1px 0 var(--line)}
details>.scroll{border:0;border-top:1px solid var(--line);border-radius:0 0 .7rem .7rem}
details td:first-child{white-space:nowrap}details td{overflow-wrap:break-word;min-width:6rem}
.data .scroll{max-height:26rem;overflow:auto}.data thead th{position:sticky;top:0;background:var(--card)}
.inner th{white-space:normal;text-align:left}.inner p{margin:.7rem 0 .3rem}.inner table{width:auto}.inner th,.inner td{padding:.15rem .7rem .15rem 0;border:0;font-weight:400;overflow-wrap:anywhere;min-width:0}
.measures{color:var(--soft);font-size:.85rem}
section>.scroll+.card,section>.scroll+.load,section>.meta.after+.card,section>.meta.after+.load{margin-top:1rem}
.load summary h3{display:inline;font-size:1.05rem}
.load .inside{padding:.25rem 1.25rem 1.25rem;border-top:1px solid var(--line)}
.load .inside>.scroll,.load figure>.scroll,.card .scroll{border:1px solid var(--line);border-radius:.6rem}
.card .data .scroll,.load .inside .data .scroll{border:0;border-top:1px solid var(--line)}
.meter{display:inline-block;width:8rem;height:.7rem;border:1px solid var(--line);border-radius:.2rem;vertical-align:-.05em;text-align:left;overflow:hidden}
.meter span{display:block;height:100%;min-width:2px;background:var(--c)}
th button{all:unset;cursor:pointer;border-radius:.2rem;position:relative}th button:hover{color:var(--ink);text-decoration:underline}th button:focus-visible{outline:.2rem solid var(--link)}th button::after{content:"";position:absolute;left:100%;padding-left:.1em}th[aria-sort=ascending] button::after{content:"↑"}th[aria-sort=descending] button::after{content:"↓"}
@media (max-width:40rem){.overview th[scope=row]{min-width:8.5rem}.signatures th[scope=row]::first-letter{text-transform:uppercase}.signatures th[scope=row]{width:6.5rem}.signatures li{grid-template-columns:minmax(0,1fr)}.signatures code{white-space:normal}.auth th[scope=row]{min-width:7.4rem;padding-right:.3rem}.matrix tbody th{min-width:8.5rem;max-width:8.5rem}.load .inside{padding:.25rem .75rem 1rem}}
`);
