import { trusted } from "../markup.ts";

// Okabe-Ito, darkened or lightened until text on them passes WCAG AA and a line stands out 3:1 from the card, in both schemes. A
// glyph, a dash or a word always says the same as the colour does.
export const palette = trusted(`
:root{color-scheme:light dark;--bg:#f7f7f5;--card:#fff;--ink:#1a1e23;--soft:#57606b;--line:#dcdfe3;--code:#f0f2f4;
--pass:#00664b;--pass-bg:#dff2ea;--fail:#a8330a;--fail-bg:#fde7de;--inconclusive:#7a5200;--inconclusive-bg:#fcf1cf;--skipped:#57606b;--skipped-bg:#eceef1;--differs-bg:#e2eefa;--link:#0059a0;
--c1:#0072b2;--c2:#c44e00;--c3:#007f5f;--c4:#a8517f;--c5:#946200;--c6:#1a1e23;--bad:#c44e00;--opened:#0072b2;--grid:#e4e7ea;--hit:#1a1e2314;--margin:#0072b21c}
@media screen and (prefers-color-scheme:dark){:root{--bg:#121518;--card:#1b1f24;--ink:#e8eaed;--soft:#a6b0bb;--line:#343b43;--code:#272d34;
--pass:#5fd3ad;--pass-bg:#12352b;--fail:#ff9d75;--fail-bg:#46200f;--inconclusive:#f2c14e;--inconclusive-bg:#3d2f0a;--skipped:#a6b0bb;--skipped-bg:#272d34;--differs-bg:#10304d;--link:#7cc0ff;
--c1:#56b4e9;--c2:#ff9255;--c3:#2bc79b;--c4:#e29cc4;--c5:#f0b840;--c6:#e8eaed;--bad:#ff9255;--opened:#56b4e9;--grid:#30363d;--hit:#ffffff1f;--margin:#56b4e924}}
.pass{color:var(--pass);background:var(--pass-bg)}.fail{color:var(--fail);background:var(--fail-bg)}
.inconclusive{color:var(--inconclusive);background:var(--inconclusive-bg)}.skipped{color:var(--skipped);background:var(--skipped-bg)}
.differs{color:var(--link);background:var(--differs-bg)}
.s1{--c:var(--c1)}.s2{--c:var(--c2)}.s3{--c:var(--c3)}.s4{--c:var(--c4)}.s5{--c:var(--c5)}.s6{--c:var(--c6)}.bad{--c:var(--bad)}.opened{--c:var(--opened)}.ended{--c:var(--c4)}.asked{--c:var(--soft)}
`);
