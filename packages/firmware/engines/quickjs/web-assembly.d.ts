// The two things of WebAssembly that bounding QuickJS's memory needs. Node has them; its types name only a part,
// and the browser's types would bring a whole browser with them.

declare namespace WebAssembly {
  class Memory {
    constructor(size: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
  }
}
