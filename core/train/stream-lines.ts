// What a process writes, line by line.
import type {Readable} from 'node:stream'

/** A line that never ends is told in pieces of this many characters. */
const longest = 65_536

/** Tells each line of a process's stream as it comes, the last one too where nothing ends it. */
export function streamLines(stream: Readable, tell: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (piece: string) => {
    const lines = `${rest}${piece}`.split('\n')
    rest = lines.pop()!
    for (const line of lines) tell(line.replace(/\r$/, ''))
    if (rest.length < longest) return
    tell(rest)
    rest = ''
  })
  stream.on('end', () => {
    if (rest !== '') tell(rest)
  })
}
