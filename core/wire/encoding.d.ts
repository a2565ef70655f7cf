// What the shared files need of the platform, which every side has: Node, Electron and browsers.
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: string, options?: {fatal?: boolean; ignoreBOM?: boolean})
  decode(bytes: Uint8Array): string
}
