// Every problem that the API can answer with, in one table: its stable code, HTTP status,
// whether trying the same request again may help, and what it tells people in Japanese and
// English. `detail` says what to do next. Codes are part of the contract and never change.

/** A text in both languages of the product. */
export interface BilingualText {
  readonly ja: string;
  readonly en: string;
}

/** One row of the table. */
export interface ProblemKind {
  readonly status: number;
  /** Whether the same request may succeed later without being changed. */
  readonly retryable: boolean;
  readonly title: BilingualText;
  readonly detail: BilingualText;
}

const rows = {
  'invalid-request': {
    status: 400,
    retryable: false,
    title: { ja: '入力に誤りがあります', en: 'The request is not valid' },
    detail: {
      ja: 'errors に示された項目を直して、もう一度送ってください。',
      en: 'Correct the fields named in errors and send the request again.',
    },
  },
  'malformed-body': {
    status: 400,
    retryable: false,
    title: { ja: '本文を読み取れません', en: 'The body cannot be read' },
    detail: { ja: '正しい JSON を送ってください。', en: 'Send well-formed JSON.' },
  },
  'malformed-request': {
    status: 400,
    retryable: false,
    title: { ja: 'HTTP の要求として読み取れません', en: 'This is no HTTP request' },
    detail: { ja: 'HTTP/1.1 の形式で送ってください。', en: 'Send a well-formed HTTP/1.1 request.' },
  },
  'headers-too-large': {
    status: 431,
    retryable: false,
    title: { ja: 'ヘッダーが大きすぎます', en: 'The headers are too large' },
    detail: { ja: 'ヘッダーを 16 KB までにしてください。', en: 'Keep the headers within 16 KB.' },
  },
  'invalid-cursor': {
    status: 400,
    retryable: false,
    title: { ja: 'カーソルが正しくありません', en: 'The cursor is not valid' },
    detail: {
      ja: '前の応答の next_cursor をそのまま使うか、cursor なしで最初から読み直してください。',
      en: 'Use next_cursor of an earlier answer unchanged, or start again without a cursor.',
    },
  },
  'sign-in-required': {
    status: 401,
    retryable: false,
    title: { ja: '認証が必要です', en: 'Sign-in is required' },
    detail: {
      ja: 'サインインするか、Authorization: Bearer に有効な API トークンを付けて送ってください。',
      en: 'Sign in, or send a valid API token in the header Authorization: Bearer.',
    },
  },
  'sign-in-refused': {
    status: 401,
    retryable: false,
    title: { ja: 'サインインできません', en: 'The sign-in is refused' },
    detail: {
      ja: 'メールアドレス、パスワード、確認コードを確かめて、もう一度送ってください。',
      en: 'Check the mail address, the password and the code, and send them again.',
    },
  },
  'second-factor-required': {
    status: 401,
    retryable: false,
    title: { ja: '確認コードが必要です', en: 'A second factor is required' },
    detail: {
      ja: '認証アプリの 8 桁か、復旧コードを code に入れて、もう一度送ってください。',
      en: 'Send it again with the 8 digits of the authenticator app, or a recovery code, in code.',
    },
  },
  'passkey-refused': {
    status: 401,
    retryable: false,
    title: { ja: 'パスキーを確認できません', en: 'The passkey is refused' },
    detail: {
      ja: '新しいチャレンジを取得し、このサーバーに登録したパスキーで、もう一度試してください。',
      en: 'Get a new challenge, and try again with a passkey that is registered here.',
    },
  },
  'authorization-pending': {
    status: 400,
    retryable: true,
    title: { ja: '承認待ちです', en: 'Nobody has approved it yet' },
    detail: {
      ja: 'interval の秒数だけ待ってから、もう一度送ってください。',
      en: 'Wait for the seconds in interval and ask again.',
    },
  },
  'slow-down': {
    status: 400,
    retryable: true,
    title: { ja: '間隔が短すぎます', en: 'Asked too soon' },
    detail: {
      ja: '間隔をいまより 5 秒長くして、もう一度送ってください。',
      en: 'Ask again, from now on with 5 seconds more between two times.',
    },
  },
  'access-denied': {
    status: 400,
    retryable: false,
    title: { ja: '承認されませんでした', en: 'A person has denied it' },
    detail: {
      ja: '心当たりがあれば、最初からやり直してください。',
      en: 'If it was you who asked, begin anew.',
    },
  },
  'expired-token': {
    status: 400,
    retryable: false,
    title: { ja: 'コードの期限が切れています', en: 'The code has expired' },
    detail: {
      ja: 'POST /v1/device-codes から、やり直してください。',
      en: 'Begin anew with POST /v1/device-codes.',
    },
  },
  'foreign-origin': {
    status: 403,
    retryable: false,
    title: { ja: '別のサイトからの要求です', en: 'The request comes from another site' },
    detail: {
      ja: 'このサーバー自身のページから送るか、Authorization: Bearer を使ってください。',
      en: 'Send it from a page of this server, or use Authorization: Bearer.',
    },
  },
  'permission-missing': {
    status: 403,
    retryable: false,
    title: { ja: '権限がありません', en: 'The permission is missing' },
    detail: {
      ja: '{permission} の権限を持つトークンを使ってください。',
      en: 'Use a token that carries the permission {permission}.',
    },
  },
  'step-up-required': {
    status: 403,
    retryable: false,
    title: { ja: '本人の確認が必要です', en: 'A step-up is required' },
    detail: {
      ja: 'サインインした人は POST /v1/own-sign-in/step-ups、API トークンは POST /v1/step-ups で本人を確認してから 5 分以内に、もう一度送ってください。',
      en: 'Prove that you are there: a session at POST /v1/own-sign-in/step-ups, an API token at POST /v1/step-ups. Then send this request again within five minutes.',
    },
  },
  'step-up-refused': {
    status: 403,
    retryable: false,
    title: { ja: 'パスフレーズが違います', en: 'The passphrase is wrong' },
    detail: {
      ja: '確かめて、もう一度送ってください。いま残りは {left} 回です(15 分間に 5 回まで)。',
      en: 'Check it and try again. Tries left now: {left}, of 5 in any 15 minutes.',
    },
  },
  'not-found': {
    status: 404,
    retryable: false,
    title: { ja: '見つかりません', en: 'Not found' },
    detail: { ja: 'URL と ID を確かめてください。', en: 'Check the address and the id.' },
  },
  'method-not-allowed': {
    status: 405,
    retryable: false,
    title: { ja: 'このメソッドは使えません', en: 'The method is not allowed' },
    detail: { ja: '使えるメソッドは {allow} です。', en: 'The methods allowed here are {allow}.' },
  },
  conflict: {
    status: 409,
    retryable: false,
    title: { ja: '現在の状態では実行できません', en: 'The present state does not allow this' },
    detail: {
      ja: '最新の状態を読み直してから、もう一度試してください。',
      en: 'Read the present state and try again.',
    },
  },
  'box-offline': {
    status: 409,
    retryable: true,
    title: { ja: 'ボックスがオンラインではありません', en: 'The box is not online' },
    detail: {
      ja: '何も指示していません。オンラインになってからもう一度試すか、その場にいる人に、印刷した非常用シートか、画面の番号を電話で伝える方法(チャレンジ)で開けてもらってください。',
      en: 'Nothing was ordered. Try again when it is online, or let the person there open it with the printed emergency sheet, or by phone with the challenge that its display shows.',
    },
  },
  'idempotency-key-in-use': {
    status: 409,
    retryable: true,
    title: {
      ja: '同じ Idempotency-Key の要求を処理中です',
      en: 'A request with this Idempotency-Key is still running',
    },
    detail: {
      ja: '少し待ってから、同じ要求をもう一度送ってください。',
      en: 'Wait a moment and send the same request again.',
    },
  },
  'precondition-failed': {
    status: 412,
    retryable: false,
    title: { ja: '他の人が先に変更しました', en: 'Somebody else changed it first' },
    detail: {
      ja: '読み直して新しい ETag を If-Match に付け、もう一度送ってください。',
      en: 'Read it again and send the new ETag in If-Match.',
    },
  },
  'body-too-large': {
    status: 413,
    retryable: false,
    title: { ja: '本文が大きすぎます', en: 'The body is too large' },
    detail: { ja: '本文は {limit} KB までにしてください。', en: 'Keep the body within {limit} KB.' },
  },
  'unsupported-media-type': {
    status: 415,
    retryable: false,
    title: { ja: '本文の形式が違います', en: 'The body has another format' },
    detail: {
      ja: 'Content-Type: {type} で送ってください。',
      en: 'Send the body with Content-Type: {type}.',
    },
  },
  'idempotency-key-reused': {
    status: 422,
    retryable: false,
    title: {
      ja: 'この Idempotency-Key は別の要求で使われました',
      en: 'This Idempotency-Key was used for another request',
    },
    detail: {
      ja: '新しい要求には新しい Idempotency-Key を付けてください。',
      en: 'Give a new request a new Idempotency-Key.',
    },
  },
  'invalid-idempotency-key': {
    status: 400,
    retryable: false,
    title: { ja: 'Idempotency-Key が正しくありません', en: 'The Idempotency-Key is not valid' },
    detail: {
      ja: '1 から 255 文字の ASCII 文字列を使ってください。',
      en: 'Use 1 to 255 printable ASCII characters.',
    },
  },
  'precondition-required': {
    status: 428,
    retryable: false,
    title: { ja: 'If-Match が必要です', en: 'If-Match is required' },
    detail: {
      ja: '先に読み、その ETag を If-Match に付けて送ってください。',
      en: 'Read it first and send its ETag in If-Match.',
    },
  },
  'too-many-requests': {
    status: 429,
    retryable: true,
    title: { ja: '要求が多すぎます', en: 'Too many requests' },
    detail: {
      ja: 'Retry-After の秒数だけ待ってから、もう一度送ってください。',
      en: 'Wait for the seconds in Retry-After and send it again.',
    },
  },
  internal: {
    status: 500,
    retryable: true,
    title: { ja: 'サーバーで問題が起きました', en: 'Something went wrong on the server' },
    detail: {
      ja: '少し待ってからもう一度試し、続くときは request_id を添えて運用者に知らせてください。',
      en: 'Try again in a moment; if it stays, tell the operator of this server the request_id.',
    },
  },
  'not-durable': {
    status: 503,
    retryable: true,
    title: { ja: '保存できませんでした', en: 'It could not be stored' },
    detail: {
      ja: '何も変わっていません。少し待ってから、同じ Idempotency-Key でもう一度送ってください。',
      en: 'Nothing was changed. Wait a moment and send it again with the same Idempotency-Key.',
    },
  },
  'not-ready': {
    status: 503,
    retryable: true,
    title: { ja: '準備ができていません', en: 'Not ready' },
    detail: { ja: '少し待ってから、もう一度試してください。', en: 'Try again in a moment.' },
  },
  'request-timeout': {
    status: 408,
    retryable: true,
    title: { ja: '要求が時間内に届きませんでした', en: 'The request did not arrive in time' },
    detail: { ja: 'もう一度送ってください。', en: 'Send it again.' },
  },
} as const satisfies Record<string, ProblemKind>;

/** The stable code of one problem. */
export type ProblemCode = keyof typeof rows;

/** Every problem by its code. */
export const problemKinds: Readonly<Record<ProblemCode, ProblemKind>> = rows;
