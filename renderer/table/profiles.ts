// Profiles of files and tables: computed once for each result, stopped when nobody looks any more.
import {useCallback, useEffect, useSyncExternalStore} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import type {TableProfile} from '../../core/schema/profile.ts'
import type {Progress} from '../../core/schema/result.ts'
import {store} from '../state/store.ts'

/** `version` tells one content of it from the next: a result's hash, a file's time and size. */
export type ProfileSource = {version: string; target?: string | undefined} & (
  | {file: string}
  | {document: string; table: string}
)

export type Profiling =
  | {state: 'idle'}
  | {state: 'running'; since: number; progress?: Progress}
  | {state: 'done'; profile: TableProfile}
  | {state: 'failed'; fault: Fault}
  | {state: 'stopped'}

/** How many are kept. */
const most = 30
/** Milliseconds that a profile is still computed for nobody: somebody changes from one tab to the next. */
const patience = 1500

type Entry = {now: Profiling; heard: Set<() => void>; stop?: AbortController}
const entries = new Map<string, Entry>()
const idle: Profiling = {state: 'idle'}

/** Follows the profile of a source; begins it at once when `begin`. */
export function useProfile(
  source: ProfileSource | undefined,
  {begin}: {begin: boolean},
): {now: Profiling; start: () => void; stop: () => void} {
  const key = source && keyOf(source)
  const subscribe = useCallback(
    (heard: () => void) => {
      if (key === undefined) return () => {}
      const entry = entryOf(key)
      entry.heard.add(heard)
      return () => {
        entry.heard.delete(heard)
        setTimeout(() => {
          if (entry.heard.size === 0) halt(entry, idle)
        }, patience)
      }
    },
    [key],
  )
  const now = useSyncExternalStore(subscribe, () =>
    key === undefined ? idle : (entries.get(key)?.now ?? idle),
  )
  const start = useCallback(() => {
    if (key !== undefined) void compute(key)
  }, [key])
  const stop = useCallback(() => {
    const entry = key === undefined ? undefined : entries.get(key)
    if (entry) halt(entry, {state: 'stopped'})
  }, [key])
  useEffect(() => {
    if (begin && now.state === 'idle') start()
  }, [begin, now.state, start])
  return {now, start, stop}
}

const keyOf = ({version, ...source}: ProfileSource) => JSON.stringify([source, version])

function entryOf(key: string): Entry {
  const entry = entries.get(key) ?? {now: idle, heard: new Set()}
  entries.delete(key)
  entries.set(key, entry)
  for (const [old, {heard}] of entries) {
    if (entries.size <= most) break
    if (heard.size === 0) entries.delete(old)
  }
  return entry
}

function become(entry: Entry, now: Profiling) {
  entry.now = now
  for (const heard of entry.heard) heard()
}

function halt(entry: Entry, now: Profiling) {
  if (entry.now.state !== 'running') return
  entry.stop?.abort()
  become(entry, now)
}

async function compute(key: string) {
  const entry = entryOf(key)
  if (entry.now.state === 'running') return
  const stop = new AbortController()
  entry.stop = stop
  const since = performance.now()
  become(entry, {state: 'running', since})
  const [source] = JSON.parse(key) as [Omit<ProfileSource, 'version'>]
  try {
    const profile = await store.getState().call('data.profile', source as never, {
      signal: stop.signal,
      tell: progress => {
        if (!stop.signal.aborted) become(entry, {state: 'running', since, progress})
      },
    })
    if (!stop.signal.aborted) become(entry, {state: 'done', profile})
  } catch (error) {
    if (!stop.signal.aborted) become(entry, {state: 'failed', fault: toFault(error)})
  }
}
