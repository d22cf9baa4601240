// How the sheet in HTML looks, on screen and on paper: black on white, as the PDF. System fonts only: the file
// must be whole when there is no network.

/** The one style sheet, inlined. */
export const htmlStyle = `
@page { size: A4 portrait; margin: 14mm 12mm; @top-left { content: "秘 CONFIDENTIAL"; font-size: 9pt; font-weight: bold; } @bottom-right { content: counter(page) "/" counter(pages); font-size: 9pt; } }
* { box-sizing: border-box; }
html { background: #fff; color: #000; color-scheme: light; }
body { margin: 0 auto; padding: 4mm; max-width: 186mm; font: 10pt/1.35 "BIZ UDPGothic", "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", Meiryo, sans-serif; overflow-wrap: anywhere; }
header { display: flex; gap: 6mm; justify-content: space-between; }
h1, h2, p, dl, ol { margin: 0; }
dl { margin-top: 1mm; }
h1 { font-size: 20pt; line-height: 1.15; }
h1 [lang=en] { display: block; font-size: 12pt; }
h2 { font-size: 12pt; }
svg { flex: none; width: 34mm; height: 34mm; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 4mm; align-items: baseline; }
dt { font-size: 9pt; }
dd { margin: 0; font-weight: bold; }
dd.sheet { font-size: 17pt; }
.secret { font-weight: bold; border: 1.5pt solid; padding: 0 2mm; display: inline-block; margin-bottom: 2mm; }
.warning { border: 3pt solid; padding: 1mm 2mm; line-height: 1.25; margin: 2mm 0; font-weight: bold; }
.pair { font-size: 9pt; display: grid; grid-template-columns: 1fr 1fr; gap: 0 4mm; }
.how { border: 1pt solid; padding: 2mm 4mm; margin: 2mm 0 4mm; break-inside: avoid; }
.how ol { padding-left: 7mm; }
.how li::marker { font-size: 15pt; font-weight: bold; }
.step { font-size: 9pt; display: grid; grid-template-columns: 38mm 3fr 4fr; gap: 0 4mm; align-items: start; padding: .5mm 0; }
kbd { display: inline-block; min-width: 7mm; padding: 0 1.5mm; border: 1.25pt solid; text-align: center; font: inherit; font-weight: bold; }
table { width: 100%; border-collapse: collapse; border-top: 1.5pt solid; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: left; vertical-align: top; }
thead th { border-bottom: 1.5pt solid; padding: 1mm 2mm; font-size: 9pt; }
tbody th, tbody td { border-bottom: .75pt solid; padding: 2mm; vertical-align: top; }
tbody th { width: 37mm; border-right: .75pt solid; }
.bin { display: block; font-size: 22pt; line-height: 1.1; }
.name { display: block; font-size: 11pt; }
.fob { display: block; font-weight: normal; }
.codes { list-style: none; padding: 0; columns: 2; column-gap: 4mm; }
.codes li { display: flex; align-items: center; gap: 2mm; min-height: 8.2mm; break-inside: avoid; }
.number { width: 6mm; text-align: right; }
.tick { width: 4mm; height: 4mm; border: 1pt solid; flex: none; }
.digits { font-size: 17pt; font-weight: bold; font-variant-numeric: tabular-nums; white-space: nowrap; }
.when { flex: 1; align-self: end; border-bottom: .75pt solid; margin-bottom: 1.5mm; }
.all { border: 1.5pt dashed; padding: 4mm; margin-top: 6mm; break-before: page; break-inside: avoid; }
.all h2 { font-size: 18pt; }
.all h2 [lang=en] { display: block; font-size: 12pt; }
.order { font-weight: bold; font-size: 12pt; }
@media (max-width: 170mm) { .step, .pair { display: block; } .codes { columns: 1; } tbody th { width: 28mm; } }
`;
