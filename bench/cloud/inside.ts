// The only file of the bench that looks behind the cloud's front door: to fill a database with thousands of claimed
// boxes it must seal their keys and hash their codes exactly as the cloud does, without a claim for each.
export { createCodeMac } from '../../packages/cloud/src/features/access/code-mac.ts';
export { loginHash, secretPlace } from '../../packages/cloud/src/features/boxes/keyring.ts';
export { createKeyVault } from '../../packages/cloud/src/platform/key-vault.ts';
