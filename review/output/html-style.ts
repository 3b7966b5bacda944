/** Style of the page; everything is in the page itself, so that it can be filed. */
export const STYLE = `
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, sans-serif; color: #1b1f23; background: #fff; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 1px solid #c9d1d9; } h3 { font-size: 1rem; margin-bottom: 0.3rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: 0.3rem 0; color: #444c56; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.6rem; border: 1px solid #c9d1d9; overflow-wrap: anywhere; }
thead th { background: #f0f3f6; } code { font: 0.9em ui-monospace, monospace; }
.critical, .high { border-left: 5px solid #a4262c; } .medium { border-left: 5px solid #8a6100; } .low { border-left: 5px solid #3b6ea5; }
.figures { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none; } .figures li { border: 1px solid #c9d1d9; border-radius: 6px; padding: 0.5rem 1rem; } .figures strong { display: block; font-size: 1.5rem; }
a:focus-visible { outline: 2px solid #3b6ea5; } .skip:not(:focus) { position: absolute; left: -999px; }
@media print { body { font-size: 11px; margin: 0; max-width: none; } nav { display: none; } h2 { break-after: avoid; } tr, svg { break-inside: avoid; } thead { display: table-header-group; } a { color: inherit; } }
`;
