/** Light, dark and printed. Each answer has a sign and a word of its own, and a border that is told apart without colour. */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #1b1f24; --quiet: #57606a; --line: #d0d7de; --raised: #f6f8fa; --link: #0550ae;
  --pass: #116329; --pass-back: #e6f6ea; --fail: #a40e26; --fail-back: #ffebe9;
  --unknown: #7d4e00; --unknown-back: #fff5d6; --note: #0550ae; --note-back: #e7f2ff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1318; --text: #e6edf3; --quiet: #9ba6b2; --line: #343b44; --raised: #171c23; --link: #79b8ff;
    --pass: #6fdd8b; --pass-back: #10281a; --fail: #ff9d94; --fail-back: #3a1417;
    --unknown: #f0c050; --unknown-back: #2f2408; --note: #79b8ff; --note-back: #10233c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 4rem; }
h1 { font-size: 1rem; font-weight: 600; color: var(--quiet); margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
p { margin: .25rem 0; }
a { color: var(--link); }
code { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; unicode-bidi: isolate; }
code.id { white-space: nowrap; }
.small { font-size: .875rem; color: var(--quiet); overflow-wrap: anywhere; }
.why { color: var(--quiet); }
.verdict { font-size: 1.2rem; line-height: 1.4; padding: 1rem 1.25rem; margin: 0 0 .75rem; border: 2px solid; border-left-width: .6rem; border-radius: .5rem; overflow-wrap: anywhere; }
.verdict strong { font-size: 1.7rem; display: block; }
.verdict span { color: var(--text); }
.verdict strong span { color: inherit; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .unknown { color: var(--unknown); } .note { color: var(--note); }
.verdict.pass { background: var(--pass-back); } .verdict.fail { background: var(--fail-back); border-style: double; border-width: 6px; border-left-width: .8rem; }
.verdict.unknown { background: var(--unknown-back); border-style: dashed; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); font-weight: normal; overflow-wrap: break-word; }
thead th { font-size: .875rem; font-weight: 600; color: var(--quiet); vertical-align: bottom; }
tbody th { font-weight: 600; }
.matrix tbody th { font-weight: normal; min-width: 13rem; }
.matrix .title { color: var(--quiet); font-size: .9rem; }
.matrix th code { font-weight: 600; margin-right: .35rem; }
.matrix td { white-space: nowrap; }
.matrix tr.apart th, .matrix tr.apart td { border-top: 3px double var(--line); }
.count { font-variant-numeric: tabular-nums; }
.answer { display: inline-block; padding: 0 .5rem; border: 1px solid transparent; border-radius: .35rem; white-space: nowrap; }
.answer.fail { background: var(--fail-back); border: 2px solid; font-weight: 700; }
.answer.unknown { background: var(--unknown-back); border: 2px dashed; font-weight: 600; }
.answer.note { background: var(--note-back); }
ul, ol { margin: .25rem 0; padding-left: 1.4rem; }
ul.plain, ul.legend { list-style: none; padding: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .9rem; margin: .35rem 0; }
dt { color: var(--quiet); font-size: .875rem; line-height: 1.7; }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.check, .gap { margin: 1rem 0 2rem; }
.findings > li { margin: .9rem 0; padding-left: .3rem; }
.findings > li::marker { color: var(--quiet); font-variant-numeric: tabular-nums; }
.message { font-weight: 600; overflow-wrap: anywhere; unicode-bidi: isolate; }
.remedy { background: var(--raised); border-left: 3px solid var(--link); padding: .15rem .6rem; border-radius: 0 .3rem .3rem 0; }
.command { display: block; }
td.wide { min-width: 17rem; }
figure { margin: 0 0 1rem; }
.drawing { display: block; margin: 0 auto; max-width: 100%; min-width: 42rem; height: auto; }
.drawing text { fill: var(--text); font: 13px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.drawing text.name { font-size: 19px; font-weight: 700; }
.drawing text.path, .drawing text.service { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: var(--quiet); }
.drawing text.service { fill: var(--text); white-space: pre; }
.drawing .box { fill: var(--raised); stroke: var(--quiet); stroke-width: 1.5; }
.drawing .lane { stroke: var(--quiet); stroke-width: 1.5; }
.drawing .arrow { stroke: var(--fail); stroke-width: 2.5; }
.drawing .head, .drawing .end { fill: var(--fail); }
.drawing .label { fill: var(--page); stroke: var(--fail); stroke-width: 1.5; }
.drawing .wall { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 7 5; }
.drawing .clear .label { stroke: var(--pass); } .drawing .open .label { stroke: var(--unknown); stroke-dasharray: 5 4; }
.drawing .label-text { font-weight: 600; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .3rem; } }
@media print {
  :root {
    color-scheme: light;
    --page: #fff; --text: #000; --quiet: #444; --line: #bbb; --raised: #f4f4f4; --link: #000;
    --pass: #0b4a1d; --pass-back: #fff; --fail: #8f0a1f; --fail-back: #fff;
    --unknown: #5f3b00; --unknown-back: #fff; --note: #003a7a; --note-back: #fff;
  }
  @page { margin: 14mm; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2, h3, thead { break-after: avoid; }
  tr, figure, .findings > li, .verdict { break-inside: avoid; }
  .scroll { overflow: visible; }
  .drawing { min-width: 0; max-height: 185mm; }
  a { text-decoration: none; }
}
`;
