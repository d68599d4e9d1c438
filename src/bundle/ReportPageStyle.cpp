#include "bundle/ReportPageParts.h"

namespace tickmark::bundle::page {

std::string_view styleSheet() noexcept {
    return R"(
:root { color-scheme: light; --paper: #ffffff; --sunk: #f4f4f1; --text: #1b1b1a; --quiet: #575650; --line: #d5d4cd;
  --accent: #27508f; --bar: #27508f; --bad: #a92a20; --warn: #7f5200; --good: #1d6b3a; }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --paper: #17181a; --sunk: #222427;
  --text: #efeff1; --quiet: #b6b8bf; --line: #474a50; --accent: #9dbff0; --bar: #86aee8; --bad: #f2a39b; --warn: #e6bd6c;
  --good: #86d09f; } }
* { box-sizing: border-box; }
body { font: 1rem/1.55 Charter, "Bitstream Charter", Georgia, "Liberation Serif", serif; color: var(--text);
  background: var(--paper); max-width: 56rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; overflow-wrap: break-word; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.4rem; border-bottom: 2px solid var(--text); padding-bottom: .2rem; margin: 2.8rem 0 1rem; }
h3 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 .5rem; }
h4 { font: 600 .8rem/1.4 system-ui, sans-serif; color: var(--quiet); margin: 1.2rem 0 .25rem; }
h2, h3, h4 { break-after: avoid; }
p { margin: .35rem 0; } a { color: var(--accent); }
.lead { color: var(--quiet); margin-bottom: 1.4rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: .8rem; margin: 1.2rem 0; padding: 0;
  list-style: none; }
.figures li { background: var(--sunk); border-top: 3px solid var(--accent); padding: .6rem .8rem; }
.figures strong { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figures span { font: .8rem/1.3 system-ui, sans-serif; color: var(--quiet); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1.6rem 2rem; }
figure { margin: 0; break-inside: avoid; } figcaption { font: 600 .85rem/1.4 system-ui, sans-serif; margin-bottom: .3rem; }
svg { display: block; width: 100%; max-width: 30rem; height: auto; }
svg text { font: 13px system-ui, sans-serif; fill: var(--text); } svg .bar { fill: var(--bar); } svg .rule { stroke: var(--line); }
svg .run { fill: none; stroke: var(--bar); stroke-width: 2; } svg .aim { stroke: var(--good); stroke-dasharray: 6 4; }
svg .base { stroke: var(--quiet); stroke-dasharray: 2 4; }
.card { border: 1px solid var(--line); border-left: 5px solid var(--accent); padding: 1rem 1.2rem; margin: 1.4rem 0; }
.card.major, .card.critical { border-left-color: var(--bad); } .card.minor { border-left-color: var(--warn); }
.card.conformity { border-left-color: var(--good); }
.tag { font: 600 .76rem/1 system-ui, sans-serif; border: 1px solid currentColor; border-radius: 3px; padding: .2rem .4rem;
  margin-right: .35rem; display: inline-block; }
dl { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: .2rem 1rem; margin: .5rem 0; }
dt { color: var(--quiet); } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .6rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); }
td.narrow { white-space: nowrap; }
th { font: 600 .76rem/1.4 system-ui, sans-serif; color: var(--quiet); }
thead { display: table-header-group; } tr { break-inside: avoid; }
code { font: .8rem/1.4 ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; overflow-wrap: anywhere; }
pre { background: var(--sunk); padding: .8rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; } pre code { line-height: 1.6; }
ol.steps li { margin: .5rem 0; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .6rem; color: var(--quiet); font-size: .85rem; }
@page { size: A4; margin: 18mm 16mm; }
@media print { body { font-size: 10pt; max-width: none; padding: 0; } a { color: inherit; } h2 { margin-top: 1.6rem; }
  .card { break-inside: auto; } }
@media screen and (max-width: 40rem) { body { padding: 1.5rem 1rem 3rem; } dl { grid-template-columns: minmax(0, 1fr); }
  dd { margin-bottom: .4rem; } .card { padding: .8rem; }
  thead { display: none; } table, tbody, tr, td { display: block; } tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  td { border: 0; padding: .1rem 0; } td[data-column]::before { content: attr(data-column) ": "; color: var(--quiet);
  font: 600 .76rem/1.4 system-ui, sans-serif; } }
)";
}

}  // namespace tickmark::bundle::page
