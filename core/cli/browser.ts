// Opening a link in the user's own browser.
import {spawn} from 'node:child_process'

/** The command that opens a link; `BROWSER` names another. */
function opener(url: string): [string, string[]] {
  if (process.env.BROWSER) return [process.env.BROWSER, [url]]
  if (process.platform === 'darwin') return ['open', [url]]
  // `start` would take `&` for the end of a command.
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]]
  return ['xdg-open', [url]]
}

/** Tells whether a browser was told to open the link. */
export function openBrowser(url: string): Promise<boolean> {
  const [command, args] = opener(url)
  return new Promise(resolve => {
    const child = spawn(command, args, {stdio: 'ignore', detached: true})
    child.on('error', () => resolve(false))
    // A browser that this starts itself goes on; one that cannot be found is told within a moment.
    const runs = setTimeout(() => resolve(true), 2000)
    child.on('exit', code => {
      clearTimeout(runs)
      resolve(code === 0)
    })
    child.unref()
  })
}
