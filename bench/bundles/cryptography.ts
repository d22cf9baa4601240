// Bundled by the size section: the cryptography that a box needs.
export { nobleCrypto } from '@smartbox/protocol';
