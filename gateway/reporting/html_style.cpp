#include "gateway/reporting/html_page.h"

namespace lianzheng {

std::string_view pageStyle() {
    return R"css(
:root { --ink: #1f2933; --soft: #5c6b7a; --line: #dde3ea; --blue: #1d4f91; --pale: #f3f6fa; --red: #b3261e; --green: #1b6e3c; --amber: #8a5a00; }
* { box-sizing: border-box; }
body { margin: 0; background: #eef1f5; color: var(--ink); font: 14px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 0 24px 40px; background: #fff; }
header { margin: 0 -24px 24px; padding: 28px 32px 22px; background: var(--blue); color: #fff; }
h1 { margin: 0; font-size: 26px; letter-spacing: .04em; font-weight: 600; }
header p { margin: 4px 0 0; color: #d5e2f3; }
header dl { display: flex; flex-wrap: wrap; gap: 4px 32px; margin: 14px 0 0; font-size: 13px; }
header dl div { display: flex; gap: 8px; }
header dt { color: #b9cde8; }
header dd { margin: 0; }
h2 { margin: 32px 0 12px; padding-left: 10px; border-left: 4px solid var(--blue); font-size: 18px; }
h3 { margin: 28px 0 2px; font-size: 16px; break-after: avoid; }
h4 { margin: 14px 0 6px; font-size: 14px; color: var(--blue); break-after: avoid; }
h3 small, h4 small { font-weight: normal; color: var(--soft); margin-left: 8px; }
.phones { margin: 0; color: var(--soft); font-size: 13px; }
.tiles { display: grid; grid-template-columns: repeat(6, 1fr); gap: 12px; }
.tile { padding: 12px 14px; border: 1px solid var(--line); border-radius: 6px; background: var(--pale); }
.tile b { display: block; font-size: 24px; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: 13px; }
.tile small { display: block; color: var(--soft); font-size: 12px; line-height: 1.4; }
.good b { color: var(--green); } .bad b { color: var(--red); } .wait b { color: var(--amber); }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { padding: 6px 8px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { background: var(--pale); color: var(--soft); font-weight: 600; border-bottom: 2px solid #c6d0db; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.zero { color: #b4bec9; }
tfoot td { font-weight: 600; border-top: 2px solid #c6d0db; background: var(--pale); }
.number { font-weight: 600; }
.sub { display: block; color: var(--soft); font-size: 12px; font-weight: normal; white-space: normal; }
.late { color: var(--red); }
.none { color: #9aa7b4; }
.owner { display: inline-block; padding: 0 8px; border-radius: 10px; background: #e4ecf7; color: var(--blue); font-size: 12px; white-space: nowrap; }
.details { table-layout: fixed; overflow-wrap: anywhere; }
.details :is(th, td):nth-child(1) { width: 19%; } .details :is(th, td):nth-child(2) { width: 10%; }
.details :is(th, td):is(:nth-child(3), :nth-child(4)) { width: 15%; } .details :is(th, td):nth-child(6) { width: 12%; }
.details tr { break-inside: avoid; }
.matrix { table-layout: fixed; } .matrix th:first-child { width: 24%; }
.wide { table-layout: fixed; } .wide th:first-child { width: 27%; } .wide td { line-height: 1.45; } .wide .phones { font-size: 12px; }
.wide th.n { white-space: normal; line-height: 1.35; vertical-align: bottom; padding: 6px; text-wrap: balance; }
.charts { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; margin-top: 12px; }
figure { margin: 0; padding: 12px 14px; border: 1px solid var(--line); border-radius: 6px; break-inside: avoid; }
figcaption { font-weight: 600; margin-bottom: 6px; }
#by-city { grid-column: 1 / -1; columns: 2; column-gap: 32px; } #by-city figcaption { column-span: all; }
#by-class { grid-column: 1; grid-row: 1 / span 2; } #by-age, #trend { grid-column: 2; }
.bar { display: grid; grid-template-columns: 8.5em 1fr 4.5em; gap: 10px; align-items: center; font-size: 12px; line-height: 1.7; break-inside: avoid; }
.bar span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .bar svg { width: 100%; height: 10px; background: var(--pale); }
.bar b { font-weight: 600; text-align: right; font-variant-numeric: tabular-nums; }
rect { fill: #6f9bd1; } rect.now { fill: var(--blue); } .trend { display: block; width: 100%; } .trend path { stroke: #c6d0db; } .trend text { font-size: 12px; fill: var(--soft); }
#filter { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: end; padding: 10px 14px; background: var(--pale); border: 1px solid var(--line); border-radius: 6px; font-size: 13px; }
#filter label { display: grid; color: var(--soft); } #filter .check { display: flex; gap: 4px; align-items: center; padding-bottom: 4px; }
#filter select, #filter [type=search], #filter button { font: inherit; padding: 3px 8px; border: 1px solid #b9c4d0; border-radius: 4px; background: #fff; color: var(--ink); max-width: 14em; }
#shown { margin-left: auto; font-variant-numeric: tabular-nums; color: var(--soft); padding-bottom: 4px; }
[hidden] { display: none !important; }
.sortable th { cursor: pointer; } #flat { margin-top: 12px; } #flat section:not(:first-child) thead { display: none; }
@media screen { .group { content-visibility: auto; contain-intrinsic-size: auto 2000px; } }
 .place { display: none; } #flat .place { display: block; }
.warning { display: inline-block; margin: 12px 0 0; padding: 4px 10px; border-radius: 4px; background: #fff1d6; color: var(--amber); font-weight: 600; }
.sign { display: none; }
.tel { white-space: nowrap; margin-right: 12px; }
a { color: inherit; text-decoration: none; border-bottom: 1px dotted var(--soft); }
.nothing { padding: 24px; text-align: center; background: #eaf6ee; color: var(--green); border-radius: 6px; font-size: 16px; }
.note { color: var(--soft); font-size: 12px; margin: 8px 0 0; }
footer { margin-top: 36px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--soft); font-size: 12px; }
footer code { font: 11px/1.5 Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
@media screen and (max-width: 900px) { .tiles { grid-template-columns: repeat(3, 1fr); } main { overflow-x: auto; } table { min-width: 900px; } }
@page { size: A4 landscape; margin: 12mm 12mm 14mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9px; color: #5c6b7a; } }
@media print {
  body { background: #fff; font-size: 11px; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  header { margin: 0 0 14px; padding: 14px 18px; }
  h1 { font-size: 20px; } h2 { font-size: 15px; margin: 18px 0 8px; break-after: avoid; } h3 { font-size: 13px; } h4 { font-size: 12px; }
  table { font-size: 10.5px; } th, td { padding: 4px 6px; } thead { display: table-header-group; } tfoot { display: table-row-group; }
  .tile b { font-size: 18px; } .tiles, tr { break-inside: avoid; }
  .tile small, .tile span, .sub, .owner, .phones, .wide .phones, header dl, .note { font-size: 10px; }
  a { border: 0; }
  #filter { display: none; }
  .charts { gap: 8px; } figure { padding: 8px 10px; } .bar { font-size: 10px; line-height: 1.5; }
  .sign { display: flex; gap: 10mm; margin-top: 12mm; break-inside: avoid; font-size: 12px; }
  .sign div { flex: 1; display: flex; gap: 6px; white-space: nowrap; } .sign i { flex: 1; border-bottom: 1px solid var(--ink); }
}
)css";
}

}  // namespace lianzheng
