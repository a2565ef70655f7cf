// Keys to commands.
import {useEffect} from 'react'
import type {Command} from './commands.ts'

const mac = /Mac|iPhone|iPad/.test(navigator.platform)

/** Runs the command of a key press; while a text is edited, only those that say so. */
export function useKeyboard(commands: readonly Command[]): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const editing = isEditing(event.target)
      const command = commands.find(
        ({keys, always, disabled}) =>
          !disabled &&
          (!editing || always) &&
          keys?.split(' ').some(combination => fits(combination, event)),
      )
      if (!command) return
      event.preventDefault()
      command.run()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [commands])
}

/** Runs the commands of the desktop shell's menus. */
export function useMenu(commands: readonly Command[]): void {
  useEffect(
    () =>
      window.bancada?.onCommand(id => {
        // What is being typed has an undo of its own, as by the keyboard.
        if ((id === 'undo' || id === 'redo') && isEditing(document.activeElement))
          return void document.execCommand(id)
        const command = commands.find(one => one.id === id)
        if (command && !command.disabled) command.run()
      }),
    [commands],
  )
}

export function fits(combination: string, event: KeyboardEvent): boolean {
  const parts = combination.split('+')
  const key = parts.at(-1)!
  const has = (name: string) => parts.slice(0, -1).includes(name)
  const mod = mac ? event.metaKey : event.ctrlKey
  const other = mac ? event.ctrlKey : event.metaKey
  if (mod !== has('mod') || other || event.altKey !== has('alt')) return false
  // `?` is typed with Shift on some keyboards and without on others.
  if (key.length > 1 || /[a-z0-9,.]/.test(key)) {
    if (event.shiftKey !== has('shift')) return false
  }
  const digit = /^Digit(\d)$/.exec(event.code)?.[1]
  return event.key.toLowerCase() === key || digit === key
}

export function isEditing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
    target.closest('.monaco-editor') !== null
  )
}

/** `mod+shift+z` as it stands on the keyboard: `Ctrl ⇧ Z` or `⌘ ⇧ Z`. */
export function shownKeys(combination: string): string {
  const names: Record<string, string> = {
    mod: mac ? '⌘' : 'Ctrl',
    shift: '⇧',
    alt: mac ? '⌥' : 'Alt',
    enter: '↵',
    delete: 'Del',
    arrowup: '↑',
    arrowdown: '↓',
    escape: 'Esc',
  }
  return combination
    .split('+')
    .map(part => names[part] ?? part.toUpperCase())
    .join(' ')
}
