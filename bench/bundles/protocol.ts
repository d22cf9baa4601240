// Bundled by the size section: the words on the wire, whole.
export * from '@smartbox/protocol';
