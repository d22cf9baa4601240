// The HTML round the page's script and style. Both are named by their hashes: nothing else may run, nothing may be
// fetched, and no form goes anywhere.
import { createHash } from 'node:crypto';

/** @returns the whole file */
export function pageFrame({ script, style }: { readonly script: string; readonly style: string }): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    `style-src ${hashSource(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>SmartBox</title>
<style>${style}</style>
</head>
<body>
<main id="page"></main>
<noscript>このページには JavaScript が必要です。 / This page needs JavaScript.</noscript>
<script>${script}</script>
</body>
</html>
`;
}

// CSP level 3: the hash of exactly what stands between the tags.
function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
