// What SmartBox owes its users: every requirement with its id, in the words of a test. Apart from the printer, because
// this list is kept by hand and the page is not. A test that proves one carries its id in the title.

/** One requirement. */
export interface Requirement {
  /** `EM-09`. */
  readonly id: string;
  readonly says: string;
}

/** Requirements on one subject. */
export interface RequirementGroup {
  readonly title: string;
  readonly requirements: readonly Requirement[];
}

/** All of them, in their order. */
export const requirementGroups: readonly RequirementGroup[] = [
  {
    title: 'Emergencies: power, network and cloud',
    requirements: [
      {
        id: 'EM-01',
        says: 'Box publishes a heartbeat with power source and link state; cloud marks it offline when heartbeats stop (threshold configurable)',
      },
      {
        id: 'EM-02',
        says: 'Simulated board: mains removed at t=0. At t=119 s still awake; by t=120 s (+ one tick) state = `sleep`. Mains back before 120 s cancels the timer',
      },
      { id: 'EM-03', says: 'On entering sleep: display off, radio off, locks stay locked, state saved' },
      {
        id: 'EM-04',
        says: 'Reset press in `sleep` → `boot` → `connecting`; no bin opens by the press alone; no state is lost',
      },
      { id: 'EM-05', says: 'On battery + network: a live-authorised pickup passes end to end' },
      {
        id: 'EM-06',
        says: 'Energy model in the simulator: standby 183 days with 0 exchanges at the configured capacity; each exchange subtracts; predicted days and openings left are shown. (Board target, not provable in software)',
      },
      {
        id: 'EM-07',
        says: 'Second Wi-Fi profile can be entered at the keypad/setup page while offline, tried after the first fails; then live authorisation works; hotspot profile can be removed later',
      },
      {
        id: 'EM-08',
        says: 'With no network, an offline code typed at the keypad opens without any message to the cloud',
      },
      {
        id: 'EM-09',
        says: 'Two scopes: `all`, `bin:n`. A `bin:3` code opens bin 3 only; an `all` code opens every occupied bin (one after another, as battery allows)',
      },
      {
        id: 'EM-10',
        says: 'After "all" the box has logged every bin opened; on reconnect the cloud shows "taken out by hand" for those bins and asks for a count',
      },
      {
        id: 'EM-11',
        says: 'With the cloud process stopped, a sheet downloaded earlier still opens one or all bins',
      },
      {
        id: 'EM-12',
        says: 'Cloud makes a printable page + a file (PDF/HTML/CSV) of the offline codes; both usable with no server; who/when downloaded is logged',
      },
      {
        id: 'EM-13',
        says: 'The same export has bin number, key name, fob number for each key; matches the inventory at export time, with a timestamp',
      },
      { id: 'EM-14', says: 'From the sheet only, a person can map code → bin → key name → fob' },
      {
        id: 'EM-15',
        says: 'Sheet must not silently expire: sheet states its valid-until; cloud warns before it ends or when codes were rotated',
      },
      {
        id: 'EM-16',
        says: 'Degrade ladder tested in order: live → cached/maths offline → hotspot → individual code → all code → mechanical',
      },
    ],
  },
  {
    title: 'The seven ways to a key',
    requirements: [
      {
        id: 'AC-01',
        says: 'Key code: simple code for any key; typed at the box; valid until the key is withdrawn. For whoever holds the code; proved by code at the keypad',
      },
      {
        id: 'AC-02',
        says: 'Scheduled booking: access in a limited period; no user account needed. For whoever holds the booking details; proved by booking code at the keypad, or a unique URL',
      },
      {
        id: 'AC-03',
        says: 'Single-key permission: database permission on one key for a user or user group. For users/groups with exchange or manage right on the key; proved by app, or ID code at the box + second step code (if required)',
      },
      {
        id: 'AC-04',
        says: 'All-keys permission: permission on all keys the account owns. For users/groups with exchange/manage on the all-keys group; proved as for AC-03',
      },
      {
        id: 'AC-05',
        says: 'Custom key group: permission on a named group of keys. For users/groups with exchange or manage right on that group; proved as for AC-03',
      },
      {
        id: 'AC-06',
        says: 'Key bin: open a bin remotely regardless of key permission. For location admins only; proved by web/iOS/Android app',
      },
      {
        id: 'AC-07',
        says: 'Main lock of the box: open the whole box remotely regardless of key permission. For location admins only; proved by web/iOS/Android app',
      },
    ],
  },
  {
    title: 'Security',
    requirements: [
      {
        id: 'SEC-01',
        says: 'AC-01..05 work: one positive and three negative tests each (wrong code, outside the period, permission removed)',
      },
      { id: 'SEC-02', says: 'A second use of the same code after a withdrawal is refused by default' },
      { id: 'SEC-03', says: 'A user with all-keys permission but no location-admin right gets 403' },
      {
        id: 'SEC-04',
        says: 'A new account requires ID code + SMS code; bin stays shut with the ID alone; SMS code is single-use and short-lived',
      },
      { id: 'SEC-05', says: 'Per-location settings: 2FA on/off, schedule windows, badge login' },
      {
        id: 'SEC-06',
        says: 'Permission removed at t → a code typed after t is refused when the box is online (within 2 s)',
      },
      {
        id: 'SEC-07',
        says: 'Cloud refuses plain connections except on an explicit dev flag; changed ciphertext is rejected',
      },
      {
        id: 'SEC-08',
        says: "A message made with box A's key is refused for box B; capture at the broker shows no plaintext field",
      },
      {
        id: 'SEC-09',
        says: 'Firmware opens outbound only; port scan of the simulated board finds nothing listening',
      },
      {
        id: 'SEC-10',
        says: 'If BLE setup exists: bonded/encrypted only. Wi-Fi profile refuses open networks unless forced',
      },
      {
        id: 'SEC-11',
        says: 'Every pickup/return → event within 1 s by mail, push and webhook',
      },
      {
        id: 'SEC-12',
        says: 'Signed image, version check, power-fail safe, rollback; refuses unsigned, older or wrong-board image',
      },
      {
        id: 'SEC-13',
        says: 'A dump of the box holds no name, phone, mail, address and no usable code; only secrets of that box, bin states and opaque ids',
      },
      {
        id: 'SEC-14',
        says: 'Argon2/scrypt hash; login and admin actions in the audit log; injection/XSS tests in the suite',
      },
      { id: 'SEC-15', says: 'Per-IP and per-box rate limits at API and broker; keypad lockout at the box' },
      { id: 'SEC-16', says: 'PII masked by default; reveal is logged; after N reveals re-login is asked' },
      { id: 'SEC-17', says: "A guest's link shows only their booking; a key manager sees only their keys" },
      {
        id: 'SEC-18',
        says: 'Firmware model: n bin locks + 1 main lock, separate outputs; main lock only by AC-07 or an all-scope emergency path',
      },
      { id: 'SEC-19', says: 'Optional capture hook on bin open (simulated); privacy setting' },
      {
        id: 'SEC-20',
        says: 'The documents say that a box is no safe; a forced opening or a dismount raises a tamper event',
      },
    ],
  },
  {
    title: 'Incidents and calls',
    requirements: [
      {
        id: 'ES-01',
        says: 'Rule engine: incident rules on events (offline, battery, forced bin, wrong-code burst, overdue key) and an inbound alert-mail/HTTP hook with keyword match on subject and body',
      },
      { id: 'ES-02', says: 'From event to first dial ≤ 15 s with the simulated voice provider' },
      { id: 'ES-03', says: 'Alert mail/SMS to the watch list is sent in the same step as the first call' },
      { id: 'ES-04', says: 'Roster with order; next person is dialled on no answer, busy, or "cannot"' },
      { id: 'ES-05', says: 'DTMF 1 = can, 2 = cannot (configurable); result stored' },
      { id: 'ES-06', says: 'Result mail names who answered what and when; same in the audit log' },
      {
        id: 'ES-07',
        says: 'Retry until somebody says "can". The product\'s own site adds three modes: sequential, all-at-once (first answer wins), all-at-once (everyone answers), retry on any answer but "can", mail/SMS result to the watch list [E1][E2]',
      },
      { id: 'ES-08', says: 'Roster by weekday/hour; gap in the roster is reported at save time' },
      {
        id: 'ES-09',
        says: 'Incident states: open → calling → acknowledged → investigating → recovered → reported/closed; times kept for each',
      },
      {
        id: 'ES-10',
        says: 'Closing needs the recovery condition of that rule (e.g. 3 good heartbeats) and sends the closing notice',
      },
      { id: 'ES-11', says: 'Incident groups events of the same site/time window; one call tree, not n' },
      {
        id: 'ES-12',
        says: 'Second channel (SMS/mail) if the voice provider fails; `priority` and target time per site; drill mode runs the call tree marked "訓練/drill"',
      },
      { id: 'ES-13', says: 'Each box/site/key group has an owner and an importance; shown in the incident' },
    ],
  },
  {
    title: 'Lost boxes',
    requirements: [
      {
        id: 'LO-01',
        says: '`lost` box: every code, badge, offline code and remote open is refused until released',
      },
      {
        id: 'LO-02',
        says: 'Command stays `pending` for 400 simulated days and is applied in the first session, before any open command',
      },
      {
        id: 'LO-03',
        says: 'In lost mode the box reports network position (Wi-Fi list, IP, cell) each check-in. Boards have no GPS, and the documents say so',
      },
      { id: 'LO-04', says: 'Display shows the text set by the admin; nothing about keys or addresses' },
      {
        id: 'LO-05',
        says: 'Only an enrolled box (command key in place) accepts lost mode; UI says why not otherwise',
      },
      {
        id: 'LO-06',
        says: '`wipe` erases secrets and inventory, box leaves the fleet; needs typed confirmation + second admin',
      },
      {
        id: 'LO-07',
        says: '`issued + 7 d`: box online at 6 d 23 h 59 m runs it; at 7 d 0 h 1 m it is `expired` and never delivered',
      },
      {
        id: 'LO-08',
        says: 'Wipe alone expires at 7 d; lost mode then wipe stays pending and runs at next contact, in that order',
      },
      {
        id: 'LO-09',
        says: "Wiped box only enrols to the original owner's key (ownership lock), else shows the finder text",
      },
      {
        id: 'LO-10',
        says: '`lock` = screen to idle/sleep, pending session ended; authorised codes still work afterwards. UI warns it is not lost mode, and warns if no admin PIN is set',
      },
      {
        id: 'LO-11',
        says: 'Policy for local admin PIN (length, not trivial) is pushed; PIN is set at the box, never known to the cloud',
      },
      { id: 'LO-12', says: 'One button from the incident page; time from report to command is measured' },
      {
        id: 'LO-13',
        says: 'A public page to report a lost box or key, no login, rate-limited; a report opens an incident and starts ES-02',
      },
    ],
  },
  {
    title: 'Watch and care',
    requirements: [
      {
        id: 'MO-01',
        says: 'Watchdog is a separate process; checks API, broker, database, mail, each box; runs with no person logged in',
      },
      {
        id: 'MO-02',
        says: 'Each alert names the measured cause (DNS, TLS, disk full, broker auth, clock) and the box or host',
      },
      {
        id: 'MO-03',
        says: 'Failover page: with the cloud stopped, a second static host shows status, contact, and (unlocked by passphrase) the emergency sheet. Target: live in ≤ 60 s',
      },
      { id: 'MO-04', says: 'Callback request form/API with customer number + name; opens a ticket' },
      {
        id: 'MO-05',
        says: 'Unknown client id, unknown certificate or second session of a known box at the broker → alert, refused',
      },
      {
        id: 'MO-06',
        says: 'Reject passwords equal/close to name or mail; burst of failed logins or new admin → incident; `quarantine` for account or box in one step',
      },
      {
        id: 'MO-07',
        says: 'Outgoing mail/SMS capped per hour, de-duplicated; public forms rate-limited; bounce and block are alerts',
      },
      {
        id: 'MO-08',
        says: 'Delivery result of every notification is stored; undelivered alert moves to the next channel',
      },
      { id: 'MO-09', says: 'One-command self-check (`doctor`) with plain-language results' },
    ],
  },
];
