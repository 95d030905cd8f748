import { trusted } from "../markup.ts";

/** On paper all that is folded is open, but for the tables that repeat a chart. */
export const print = trusted(`
@media print{@page{margin:14mm}
:root{--bg:#fff;--card:#fff}html{font-size:11px}body>header{padding-top:0}.skip,nav,.choice,.views,.readout,.hits,.data:not(.also){display:none}
th,td{padding:.25rem .35rem}thead{display:table-header-group}tr,.card,figure,.verdict{break-inside:avoid}h2,h3,h4,.meta.lead{break-after:avoid}
details::details-content{content-visibility:visible;display:block}.scroll,.scroll.many,.data .scroll{overflow:visible;max-height:none;content-visibility:visible}.many thead,.matrix tbody th,.auth th[scope=row],.overview th[scope=row]{position:static}a{color:inherit}
.numbers td,td code,th code,.rules td{white-space:normal}.numbers th small,.overview th[scope=row],.numbers td.words,details td,.auth td,.auth td:has(small),.auth td small{min-width:0}.meter{width:5rem}.plot.tall{height:12rem}.plot.middle{height:8rem}.plot.low{height:3.2rem}
.meter span,.badge,.tally span,.bar-of span{print-color-adjust:exact}.matrix td{min-width:1.4rem}}
`);
