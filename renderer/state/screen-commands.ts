// Commands that only the present screen has.
import {useEffect} from 'react'
import type {Command} from '../ui/commands.ts'
import {store} from './store.ts'

export type ScreenCommandsSlice = {screenCommands: Command[]}

/** Adds a screen's commands while it is there. `commands` must be memoised. */
export function useScreenCommands(commands: readonly Command[]): void {
  useEffect(() => {
    store.setState(({screenCommands}) => ({screenCommands: [...screenCommands, ...commands]}))
    return () =>
      store.setState(({screenCommands}) => ({
        screenCommands: screenCommands.filter(command => !commands.includes(command)),
      }))
  }, [commands])
}
