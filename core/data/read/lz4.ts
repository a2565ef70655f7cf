// LZ4 frames, as Feather files have them. The format: github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md

/** Unpacks one LZ4 frame. Checksums are not checked. Throws a plain error where the frame is damaged. */
export function unpackLz4(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== 0x184d2204) throw new Error('not an LZ4 frame')
  const flags = view.getUint8(4)
  const [blockChecksum, contentSize, dictionary] = [flags & 0x10, flags & 0x08, flags & 0x01]
  let at = 6 + (contentSize ? 8 : 0) + (dictionary ? 4 : 0) + 1
  const out = new Growing(contentSize ? Number(view.getBigUint64(6, true)) : frame.length * 4)
  for (;;) {
    const size = view.getUint32(at, true)
    at += 4
    if (size === 0) return out.done()
    const length = size & 0x7fffffff
    const block = frame.subarray(at, at + length)
    if (block.length < length) throw new Error('an LZ4 frame is cut short')
    if (size & 0x80000000) out.append(block)
    else unpackBlock(block, out)
    at += length + (blockChecksum ? 4 : 0)
  }
}

/** A block is a list of literals, each followed by a copy of what came some bytes before. */
function unpackBlock(block: Uint8Array, out: Growing) {
  let at = 0
  const more = (length: number) => {
    if (length < 15) return length
    let total = length
    for (let byte = 255; byte === 255; ) {
      if (at >= block.length) throw new Error('an LZ4 block is cut short')
      byte = block[at++]!
      total += byte
    }
    return total
  }
  while (at < block.length) {
    const token = block[at++]!
    const literals = more(token >> 4)
    if (at + literals > block.length) throw new Error('an LZ4 block is cut short')
    out.append(block.subarray(at, at + literals))
    at += literals
    if (at >= block.length) return
    const offset = block[at]! | (block[at + 1]! << 8)
    at += 2
    out.repeat(offset, more(token & 15) + 4)
  }
}

class Growing {
  #bytes: Uint8Array
  #length = 0

  constructor(size: number) {
    this.#bytes = new Uint8Array(Math.max(64, size))
  }

  append(bytes: Uint8Array) {
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  repeat(offset: number, length: number) {
    if (offset === 0 || offset > this.#length) throw new Error('an LZ4 block refers to nothing')
    this.#room(length)
    const start = this.#length - offset
    // A copy may overlap itself: that is how a run of one byte is written.
    if (offset >= length) this.#bytes.copyWithin(this.#length, start, start + length)
    else for (let i = 0; i < length; i++) this.#bytes[this.#length + i] = this.#bytes[start + i]!
    this.#length += length
  }

  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  #room(length: number) {
    if (this.#length + length <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + length))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
