// What a signed-in caller may be allowed to do. One closed list: a route names exactly one
// of these (or 'public'), and a token carries some of them.

/** Every permission, with what it lets a caller do. */
export const permissions = {
  'locations:read': 'See locations and their settings.',
  'locations:write': 'Create and change locations.',
  'boxes:read': 'See boxes, their bins and their health.',
  'boxes:write': 'Change boxes and their settings.',
  'boxes:claim': 'Claim a new box.',
  'boxes:open': 'Open a bin or the main lock of a box from afar, whatever keys there are.',
  'boxes:recover': 'Let a box whose keys are out of step agree on new ones; give up the ownership of a box.',
  'factory-boxes:write': 'Bring newly made boxes into the factory register.',
  'keys:read': 'See keys and who has them.',
  'keys:write': 'Create, change and retire keys.',
  'key-permissions:read': 'See who may take which key, key groups, and what locations ask.',
  'key-permissions:write': 'Let people and groups take keys, and end that; manage key groups.',
  'access-policies:write': 'Set the second factor, badges, opening and quiet hours of a location.',
  'codes:read': 'See key codes (never their digits).',
  'codes:write': 'Create and end key codes.',
  'bookings:read': 'See bookings (never their digits).',
  'bookings:write': 'Create and cancel bookings.',
  'emergency:read': 'See what boxes can do without the cloud, which sheets exist and what was taken by hand.',
  'emergency:write':
    'Print and revoke sheets, answer challenges, enrol authenticator apps, export break-glass files, count keys.',
  'events:read': 'Read the ledger and follow it live.',
  'audit:read': 'Read the audit, have its tree signed and proven, and export it.',
  'notices:read': 'See where notices go, by which rules, and what became of each.',
  'notices:write': 'Set up channels and rules of notices, and send notices again.',
  'tokens:read': 'See API tokens (never their secrets).',
  'tokens:write': 'Create and revoke API tokens; set the step-up passphrase.',
  'step-ups:write': 'Prove by the passphrase that a person is there, before what is dangerous.',
  'people:read': 'See people and user groups, with personal data masked.',
  'people:write':
    'Create, invite and change people and user groups; give roles that are no mightier than one’s own.',
  'people:reveal': 'See one person’s name, mail address and phone in full; each look is written down.',
  'people:erase': 'Export and erase what is kept of a person; set how long it is kept.',
  'exports:read':
    'Take everything that the organisation has away as files, with names, mail addresses and phones.',
  'own-sign-in:write':
    'Manage one’s own sign-in: password, passkeys, authenticator app, sessions, programs that one lets in.',
} as const;

/** One permission. */
export type Permission = keyof typeof permissions;

/** Every permission, for the token that `start` hands to the owner. */
export const allPermissions = Object.keys(permissions) as readonly Permission[];
