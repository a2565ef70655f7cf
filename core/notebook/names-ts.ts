// Which names a TypeScript cell takes from the rest of the document, and where it writes them.
import type {Code} from '../error.ts'
import type {FreeName, Node} from './ts-scope.ts'
import {freeNames} from './ts-scope.ts'

export type {FreeName} from './ts-scope.ts'

export type TsNames = {
  names: FreeName[]
  /** Why it cannot be read. `at` is an offset into the text. */
  fault?: {code: Code; message: string; at: number}
}

// acorn with the TypeScript plug-in that Svelte keeps: one tree with true positions for values and types,
// so that `typeof adults` in a type follows a rename too. Stripping the types first (amaro) would lose
// those; TypeScript's own parser does the same work from a package 30 times as large.
const load = async () => {
  const [{Parser}, {tsPlugin}] = await Promise.all([
    import('acorn'),
    import('@sveltejs/acorn-typescript'),
  ])
  return Parser.extend(tsPlugin())
}

/** The free names of each text. A text is a module's: it may import, and await at its top. */
export async function readTsNames(texts: readonly string[]): Promise<TsNames[]> {
  if (texts.length === 0) return []
  const parser = await load()
  return texts.map(text => {
    try {
      const tree = parser.parse(text, {
        ecmaVersion: 'latest',
        sourceType: 'module',
        allowAwaitOutsideFunction: true,
        allowReturnOutsideFunction: true,
        // The plug-in asks for it.
        locations: true,
      })
      return {names: freeNames(tree as unknown as Node)}
    } catch (error) {
      const {message, pos} = error as Error & {pos?: number}
      const at = Math.min(pos ?? 0, text.length)
      return {
        names: [],
        fault: {code: 'bad-document', message: message.replace(/ \(\d+:\d+\)$/, ''), at},
      }
    }
  })
}
