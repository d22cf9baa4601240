// Every sentence that the commands which speak to a server say by themselves, in Japanese and English. What the server
// refuses comes from the server in the language asked for.
import type { Language } from '../break-glass/index.ts';

/** A text in both languages of the product. */
export type Bilingual = Readonly<Record<Language, string>>;

const texts = {
  done: { ja: '完了しました。', en: 'Done.' },
  nothing: { ja: '該当するものはありません。', en: 'There is nothing to show.' },
  saved: { ja: '{file} に保存しました。', en: 'Saved as {file}.' },
  askToken: { ja: 'API トークン: ', en: 'API token: ' },
  askStepUp: { ja: '確認用パスフレーズ: ', en: 'Step-up passphrase: ' },
  loggedIn: { ja: '{url} にログインしました（{file} に保存）。', en: 'Signed in to {url} (kept in {file}).' },
  loggedOut: { ja: 'ログイン情報を削除しました。', en: 'The login is forgotten.' },
  'not-signed-in': {
    ja: '先に smartbox login --url URL を実行するか、SMARTBOX_URL と SMARTBOX_TOKEN を設定してください。',
    en: 'Run smartbox login --url URL first, or set SMARTBOX_URL and SMARTBOX_TOKEN.',
  },
  'login-exposed': {
    ja: '{file} を他の利用者が読めます。chmod 600 {file} を実行してください。',
    en: 'Others can read {file}. Run chmod 600 {file}.',
  },
  'plain-http': {
    ja: '{url} は暗号化されていません。https のアドレスを使ってください（社内で承知の上なら --insecure）。',
    en: '{url} is not encrypted. Use an https address (or --insecure, if you know the way there).',
  },
  'no-terminal': {
    ja: '入力できる端末がありません。{flag} で標準入力から渡してください。',
    en: 'There is no terminal to ask at. Pass it on standard input with {flag}.',
  },
  unreachable: {
    ja: '{url} に接続できません（{why}）。アドレスとネットワークを確かめてください。',
    en: '{url} does not answer ({why}). Check the address and the network.',
  },
  'file-exists': {
    ja: '{file} は既にあります。--out で別の名前を指定するか、--force を付けてください。',
    en: '{file} exists. Name another with --out, or add --force.',
  },
  'not-written': { ja: '{file} に書き込めません（{why}）。', en: '{file} cannot be written ({why}).' },
  following: { ja: 'イベントを待っています（Ctrl+C で終了）…', en: 'Waiting for events (Ctrl+C ends) …' },
  reconnecting: { ja: '接続が切れました。つなぎ直します…', en: 'The connection ended; making it again …' },
  listening: {
    ja: '{url} で Webhook を待っています（Ctrl+C で終了）…',
    en: 'Waiting for webhooks at {url} (Ctrl+C ends) …',
  },
  'cannot-listen': { ja: 'ポート {port} を使えません（{why}）。', en: 'Port {port} cannot be used ({why}).' },
  'bad-secret': {
    ja: 'Webhook の秘密は whsec_ または whpk_ で始まる文字列です。',
    en: 'A webhook secret begins with whsec_, a public key with whpk_.',
  },
  verified: { ja: '署名は正しい', en: 'signature is right' },
  forged: { ja: '署名が違う（401 を返しました）', en: 'signature is wrong (answered 401)' },
  stale: {
    ja: '時刻が 5 分以上ずれている（401 を返しました）',
    en: 'more than 5 minutes old or early (answered 401)',
  },
  unsigned: { ja: '署名がない（401 を返しました）', en: 'not signed (answered 401)' },
  unchecked: { ja: '署名は確かめていない', en: 'signature was not checked' },
  triggered: { ja: '{type} を送りました。応答: {status}', en: 'Sent {type}; the answer was {status}.' },
  'import-trial': {
    ja: '試しました: 作成 {made}、変更 {changed}、変更なし {left}、誤りのある行 {faulty}。何も変えていません。',
    en: 'Tried: {made} to make, {changed} to change, {left} as they are, {faulty} faulty. Nothing was changed.',
  },
  'import-done': {
    ja: '取り込みました: 作成 {made}、変更 {changed}、変更なし {left}。',
    en: 'Imported: {made} made, {changed} changed, {left} left as they were.',
  },
  'import-apply': { ja: '取り込むには --apply を付けてください。', en: 'Add --apply to import it.' },
  'further-faults': { ja: '誤りはほかに {count} 件あります。', en: '{count} more faults are not listed.' },
  'faulty-file': {
    ja: '{count} 行に誤りがあるため、取り込めません。',
    en: 'The file cannot be imported: {count} rows are faulty.',
  },
  'approve-at': {
    ja: 'サインイン済みのブラウザーで {uri} を開き、コード {code} を承認してください。',
    en: 'Open {uri} in a browser where you are signed in, and approve the code {code}.',
  },
  waiting: { ja: '承認を待っています（Ctrl+C で終了）…', en: 'Waiting for the approval (Ctrl+C ends) …' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** @returns the text with its `{names}` filled in */
export function tell(
  language: Language,
  key: keyof typeof texts,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(texts[key][language], values);
}

/** @returns a text with its `{names}` filled in */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
