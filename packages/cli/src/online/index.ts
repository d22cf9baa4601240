// The door of the commands that speak to a server, by their names, each with one line about it.
import { auditCommand } from '../audit/audit-command.ts';
import type { Command } from '../terminal/command.ts';
import { doctorCommand } from './doctor-command.ts';
import { importCommands } from './import-command.ts';
import { loginCommand, logoutCommand, stepUpCommand } from './login-command.ts';
import { tailCommand } from './tail-command.ts';
import { nounCommand } from './verb-command.ts';
import { allVerbs } from './verbs/all-verbs.ts';
import { listenCommand } from './webhook-listen.ts';
import { triggerCommand } from './webhook-trigger.ts';

/** A command and what it is for. */
export interface NamedCommand {
  readonly run: Command;
  /** Japanese / English. */
  readonly says: string;
}

const webhook = { listen: listenCommand, trigger: triggerCommand };
const verify: Command = (args, ports) => auditCommand(['verify', ...args], ports);

function noun(name: string, says: string, further: Readonly<Record<string, Command>> = {}): NamedCommand {
  return { says, run: nounCommand(name, allVerbs[name] ?? [], further) };
}

/** By name, in the order of the help. */
export const onlineCommands: Readonly<Record<string, NamedCommand>> = {
  login: { says: 'ログイン / signs in', run: loginCommand },
  logout: { says: 'ログアウト / forgets the login', run: logoutCommand },
  'step-up': { says: '危険な操作の前の確認 / proves that a person is there', run: stepUpCommand },
  location: noun('location', '設置場所 / locations'),
  box: noun('box', 'ボックス / boxes'),
  key: noun('key', '鍵 / keys'),
  code: noun('code', 'キーコード / key codes'),
  booking: noun('booking', '予約 / bookings'),
  person: noun('person', '人 / people'),
  group: noun('group', 'グループ / user groups'),
  permission: noun('permission', '鍵を使う権利 / who may take which key'),
  'key-group': noun('key-group', '鍵グループ / groups of keys'),
  opening: noun('opening', '遠隔で開ける / opens bins from afar'),
  notice: noun('notice', '通知先、規則、結果 / where notices go, by which rules, and what became of them'),
  audit: noun('audit', '監査記録 / the audit, and checks an exported one with no network', { verify }),
  import: noun('import', 'CSV の取り込み / keys and people from CSV files', importCommands),
  export: noun('export', 'ファイルへの書き出し / takes everything away as files'),
  sheet: noun('sheet', '緊急コード表 / emergency sheets'),
  emergency: noun('emergency', '緊急時の設定 / settings for emergencies'),
  count: noun('count', '数え直し / counts after openings by hand'),
  events: noun('events', 'できごと / the ledger, also as it grows', { tail: tailCommand }),
  token: noun('token', 'API トークン / API tokens'),
  webhook: noun('webhook', 'Webhook の受信と試験 / receives and tries webhooks', webhook),
  doctor: { says: '全体の点検 / looks at everything', run: doctorCommand },
};
