// The report's whole look: on a screen, and on paper.
export const style = `
:root, :host { color-scheme: light; }
body, .report { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem; background: #fff; color: #1f2428;
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.report .report { padding: 0; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 0.5em; break-after: avoid; }
h1 { font-size: 1.9rem; margin-top: 0; }
h2 { font-size: 1.4rem; border-bottom: 1px solid #d9dee2; padding-bottom: 0.2em; }
h3 { font-size: 1.2rem; } h4 { font-size: 1.05rem; } h5, h6 { font-size: 1rem; }
a { color: #1b5e6b; }
small { color: #4f5963; }
blockquote { margin: 1em 0; padding: 0 0 0 1em; border-left: 3px solid #d9dee2; color: #4f5963; }
pre { background: #f4f6f7; border: 1px solid #d9dee2; border-radius: 4px; padding: 0.6em 0.8em; white-space: pre-wrap;
  overflow-wrap: anywhere; font-size: 0.85rem; }
code, dd { overflow-wrap: anywhere; }
.cell { border-left: 3px solid #1b5e6b; padding-left: 1em; margin: 1.4em 0; }
.cell h5 { margin-top: 0; }
.cell h5 code { font-weight: 400; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: 0.2em 1em; margin: 0.6em 0; }
dt { color: #4f5963; } dd { margin: 0; }
.scroll { overflow-x: auto; margin: 0.8em 0; }
table { border-collapse: collapse; font-size: 0.85rem; font-variant-numeric: tabular-nums; }
caption, .caption { text-align: left; font-weight: 600; padding: 0.2em 0; }
.caption { margin: 1em 0 0; font-size: 0.85rem; }
h2 + .scroll caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); padding: 0; }
th, td { text-align: left; padding: 0.2em 0.7em 0.2em 0; border-bottom: 1px solid #e6eaed; vertical-align: top; }
th[scope="row"] { font-weight: 400; }
.hash { font-family: ui-monospace, monospace; font-size: 0.8rem; overflow-wrap: anywhere; }
.alarm { border: 1px solid #a3281f; color: #8a1f17; padding: 0.3em 0.6em; }
figure { margin: 0.5em 0; } figure svg { max-width: 100%; height: auto; }
@page { margin: 18mm 16mm; }
@media print {
  body, .report { max-width: none; padding: 0; font-size: 11pt; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; }
  th, td { overflow-wrap: anywhere; }
  tr, figure, dl { break-inside: avoid; }
  .cell { break-inside: auto; }
}
`
