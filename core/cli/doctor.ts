import {examine} from '../doctor.ts'
import type {Command} from './args.ts'
import {paint} from './print.ts'

export const command: Command = {
  usage: '',
  examples: ['bancada doctor', 'bancada doctor --json'],
  async run(_given, out) {
    const health = await examine()
    out.say(
      `Bancada ${health.bancada} on ${health.platform}: ${health.cpu}, ${health.cores} cores\n`,
    )
    for (const {name, state, detail, hint} of health.findings) {
      const mark = {
        ok: paint('green', '✓'),
        missing: paint('yellow', '–'),
        broken: paint('red', '✗'),
      }[state]
      out.say(`${mark} ${name.padEnd(20)} ${detail}`)
      if (hint && state !== 'ok') out.say(`  ${paint('cyan', '→')} ${hint}`)
    }
    const ok = health.findings.every(f => f.state !== 'broken')
    out.result({ok, ...health})
    return ok ? 0 : 1
  },
}
