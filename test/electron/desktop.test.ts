// The desktop window itself. It runs wherever Electron's binary is installed and there is a screen; elsewhere it is
// reported as skipped.
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {_electron} from 'playwright'
import {expect, onTestFinished, test} from 'vitest'
import {newProject} from '../../core/templates.ts'
// @ts-expect-error a plain script without types
import {findElectron, noScreen} from '../../scripts/desktop.mjs'
import {temporaryFolder} from '../support/folder.ts'

const binary = findElectron() as string | undefined
const main = join(import.meta.dirname, '..', '..', 'dist', 'electron', 'main', 'main.mjs')

test.skipIf(!binary || noScreen())(
  'the desktop window opens a project, runs it, comes back after its host died, and closes',
  async () => {
    const folder = join(await temporaryFolder(), 'project')
    await newProject(folder, {template: 'mini-pipeline', name: 'Penguins'})
    const home = await temporaryFolder()
    const app = await _electron.launch({
      executablePath: binary!,
      args: [
        // Where a system lets no unprivileged program make a sandbox, as in some containers.
        ...(process.env.BANCADA_TEST_NO_SANDBOX ? ['--no-sandbox'] : []),
        main,
        folder,
      ],
      env: {...(process.env as Record<string, string>), BANCADA_HOME: home, LANG: 'en_US.UTF-8'},
    })
    onTestFinished(() => app.close().catch(() => {}))
    const page = await app.firstWindow()
    const faults: string[] = []
    page.on('pageerror', error => faults.push(String(error)))
    await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor({timeout: 60_000})
    // Neither Node nor Electron is in the page.
    expect(await page.evaluate('[typeof require, typeof process, typeof module]')).toEqual(
      Array(3).fill('undefined'),
    )
    const labels = await app.evaluate(({Menu}) =>
      Menu.getApplicationMenu()!.items.map(({label}) => label),
    )
    expect(labels).toEqual(expect.arrayContaining(['File', 'Edit', 'View', 'Run', 'Help']))
    await page.getByRole('button', {name: 'Run all'}).click()
    await page.getByText('274 rows to train, 68 to test').waitFor({timeout: 90_000})
    await page.getByRole('button', {name: 'Run all'}).waitFor({timeout: 90_000})
    const pid = await app.evaluate(
      ({app}) => app.getAppMetrics().find(({name}) => name === 'Bancada host')!.pid,
    )
    process.kill(pid, 'SIGKILL')
    await page.getByRole('alert').getByText('The connection to the host was lost').waitFor()
    await page.getByRole('alert').waitFor({state: 'detached', timeout: 30_000})
    await page.getByRole('heading', {name: 'Which penguin is this?'}).waitFor()
    await app.close()
    expect(existsSync(join(home, 'settings.json'))).toBe(true)
    expect(faults).toEqual([])
  },
  240_000,
)
