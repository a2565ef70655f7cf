// Files that a host made to be taken away, over HTTP: `/download?project=FOLDER&id=ID`. An id is all that can be named.
import {connect} from '../connect.ts'
import {toFault} from '../error.ts'
import type {Wire} from '../wire/message.ts'
import {json, type Served} from './page.ts'

/** An answer whose body comes part by part, as fast as it is taken. */
export type Streamed = {
  status: number
  headers: Record<string, string>
  parts: AsyncIterableIterator<Uint8Array>
}

export const downloadPath = '/download'

/** `wireTo` leads to the host of a project, where there is one to ask. */
export async function serveDownload(
  method: string | undefined,
  {searchParams}: URL,
  wireTo: (project: string) => Wire | undefined,
): Promise<Served | Streamed> {
  if (method !== 'GET') return json(405, {error: 'only GET is answered'})
  const [project, id] = [searchParams.get('project'), searchParams.get('id')]
  const wire = project && id ? wireTo(project) : undefined
  if (!wire || !id) return nothing
  const host = connect(wire)
  const read = (offset: number) => host.call('download.read', {id, offset})
  try {
    const first = await read(0)
    const {name, type, bytes} = first
    return {
      status: 200,
      headers: {
        'content-type': type,
        'content-length': String(bytes),
        // The name has nothing that would need to be quoted: see `Download`.
        'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`,
        // A card is a page; should anything ever show it here, it can do nothing.
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      },
      parts: partsOf(first, read, () => host.close()),
    }
  } catch (error) {
    host.close()
    const {code, message} = toFault(error)
    return code === 'unknown-name' ? nothing : json(500, {error: message})
  }
}

const nothing = json(404, {error: 'there is nothing here'})

/** An iterator by hand: a generator that was given up before its first part would never come to its end. */
function partsOf(
  first: {part: Uint8Array; bytes: number},
  read: (offset: number) => Promise<{part: Uint8Array}>,
  over: () => void,
): AsyncIterableIterator<Uint8Array> {
  let offset = 0
  const end = async () => {
    over()
    return {done: true, value: undefined} as const
  }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    next: async () => {
      if (offset > 0 && offset >= first.bytes) return end()
      const {part} = offset === 0 ? first : await read(offset)
      offset += part.length
      return part.length === 0 ? end() : {done: false, value: part}
    },
    return: end,
  }
}
