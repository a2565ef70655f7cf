// The files of `data/`, and bringing others in.
import {useCallback, useEffect, useRef, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import {type DataFile, imageFolder} from '../../core/schema/data-file.ts'
import type {Progress} from '../../core/schema/result.ts'
import {useStore} from '../state/store.ts'
import {bringIn, type Given} from '../state/upload.ts'
import {fileItem} from '../table/item.ts'

export type Files = {
  /** Not known yet while it is absent. */
  list: DataFile[] | undefined
  fault: Fault | undefined
  /** What is on its way, and how far. */
  coming: Progress | undefined
  bring: (files: readonly Given[]) => void
  stop: () => void
}

export function useFiles(): Files {
  const call = useStore(state => state.call)
  const line = useStore(state => state.line)
  const fail = useStore(state => state.fail)
  const [list, setList] = useState<DataFile[]>()
  const [fault, setFault] = useState<Fault>()
  const [coming, setComing] = useState<Progress>()
  const stopper = useRef<AbortController>(undefined)

  const read = useCallback(async () => {
    try {
      setList(await call('data.files', {}))
      setFault(undefined)
    } catch (error) {
      setFault(toFault(error))
    }
  }, [call])

  // biome-ignore lint/correctness/useExhaustiveDependencies: after a lost line, once more
  useEffect(() => {
    void read()
    // Another program may have put files there while the window was in the background.
    window.addEventListener('focus', read)
    return () => window.removeEventListener('focus', read)
  }, [read, line])

  const bring = useCallback(
    async (files: readonly Given[]) => {
      if (files.length === 0) return
      const stop = new AbortController()
      stopper.current = stop
      setComing({done: 0})
      try {
        const paths = await bringIn(files, {signal: stop.signal, tell: setComing})
        const {route, go} = useStore.getState()
        if (route.at === 'project' && route.screen === 'data' && paths[0])
          go({...route, item: fileItem(imageFolder(paths[0]) ?? paths[0])})
      } catch (error) {
        fail(error)
      } finally {
        setComing(undefined)
        void read()
      }
    },
    [fail, read],
  )
  return {
    list,
    fault,
    coming,
    bring: files => void bring(files),
    stop: () => stopper.current?.abort(),
  }
}
