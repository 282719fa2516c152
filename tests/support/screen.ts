// The framebuffer of the virtual display, read from the file that Xvfb keeps it in (X window dump format).

import { closeSync, openSync, readSync, writeFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'

export class Screen {
  readonly width: number
  readonly height: number
  readonly #file: number
  readonly #pixels: number
  readonly #stride: number

  constructor(path: string) {
    this.#file = openSync(path, 'r')
    const header = Buffer.alloc(100)
    readSync(this.#file, header, 0, header.length, 0)
    const field = (index: number) => header.readUInt32BE(index * 4)
    this.width = field(4)
    this.height = field(5)
    this.#stride = field(12)
    if (field(11) !== 32) throw new Error('only displays of 32 bits a pixel are understood')
    this.#pixels = field(0) + field(19) * 12
  }

  /** One row of pixels, four bytes each: blue, green, red, unused. */
  row(y: number, into = Buffer.alloc(this.width * 4)): Buffer {
    readSync(this.#file, into, 0, this.width * 4, this.#pixels + y * this.#stride)
    return into
  }

  /** Every `step`th row, one after the other: enough to tell pictures apart, and cheap to take. */
  sample(step = 8): Buffer {
    const rows = Math.floor(this.height / step)
    const all = Buffer.alloc(rows * this.width * 4)
    for (let i = 0; i < rows; i++) {
      readSync(this.#file, all, i * this.width * 4, this.width * 4, this.#pixels + i * step * this.#stride)
    }
    return all
  }

  /** Saves what is on the screen as a PNG picture. */
  save(path: string): void {
    const lines = Buffer.alloc((this.width * 3 + 1) * this.height)
    const row = Buffer.alloc(this.width * 4)
    let at = 0
    for (let y = 0; y < this.height; y++) {
      this.row(y, row)
      lines[at++] = 0
      for (let x = 0; x < row.length; x += 4) {
        lines[at++] = row[x + 2]!
        lines[at++] = row[x + 1]!
        lines[at++] = row[x]!
      }
    }
    const head = Buffer.alloc(13)
    head.writeUInt32BE(this.width, 0)
    head.writeUInt32BE(this.height, 4)
    head.set([8, 2, 0, 0, 0], 8) // 8 bits, RGB
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const data = deflateSync(lines, { level: 1 }) // there are hundreds of pictures, and few are looked at
    writeFileSync(
      path,
      Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]),
    )
  }

  close(): void {
    closeSync(this.#file)
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(data.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), body.length + 4)
  return frame
}
