// A project that begins with data: folder, files, document, source cell.
import {create} from 'zustand'
import {firstDocument, titleOfFile} from '../../core/schema/first-document.ts'
import {store} from '../state/store.ts'
import {bringIn, type Given} from '../state/upload.ts'

type Beginning = {
  /** The file that is being brought in. */
  coming: string | undefined
  /** Makes a project named after the first file, with a document that reads all of them; a failure is told. */
  withFiles: (files: readonly Given[], name?: string) => Promise<void>
}

export const useBeginning = create<Beginning>(set => ({
  coming: undefined,
  async withFiles(files, first = files[0]?.file.name) {
    if (first === undefined) return
    set({coming: first})
    const {call, open, go, fail} = store.getState()
    try {
      const name = titleOfFile(first)
      const {folder} = await call('home.create', {name})
      await open(folder)
      const text = firstDocument(name, await bringIn(files))
      const connected = store.getState().call
      const {document} = await connected('document.create', {name, text})
      // The rows are what one wants to see first.
      void connected('document.run', {document}).catch(fail)
      go({at: 'project', folder, screen: 'documents', document})
    } catch (error) {
      fail(error)
    } finally {
      set({coming: undefined})
    }
  },
}))
