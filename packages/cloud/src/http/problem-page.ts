// One page that explains every problem of the API in both languages: where the `type` of a
// problem leads.

import { problemKinds } from '../platform/problems.ts';

/** The page as HTML without scripts. */
export function problemPage(): string {
  const rows = Object.entries(problemKinds).map(
    ([code, { status, retryable, title, detail }]) => `<section id="${code}">
<h2><code>${code}</code> (${status})</h2>
<p lang="en"><b>${escapeHtml(title.en)}.</b> ${escapeHtml(detail.en)}</p>
<p lang="ja"><b>${escapeHtml(title.ja)}。</b>${escapeHtml(detail.ja)}</p>
<p>${retryable ? 'The same request may succeed later. / 同じ要求が後で成功することがあります。' : 'The request must be changed. / 要求を変える必要があります。'}</p>
</section>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>SmartBox: problems</title></head>
<body><h1>Problems of the SmartBox API</h1>
${rows.join('\n')}
</body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
