// Tries a device in a process of its own, because a broken driver may crash or hang whoever asks it.
import {execFile} from 'node:child_process'
import {builtProgram} from '../package-root.ts'
import {says, type Told} from '../words/says.ts'
import {type Device, wayTo} from './device.ts'

/** Anything that `device-probe` knows how to start. */
export type Tried = {ok: true; detail: string} | {ok: false; detail: Told; hint?: string}

/** Starts a device and computes something on it. `detail` says what was seen, or why it failed. */
export async function tryDevice(
  device: Device | `tfjs·${string}`,
  {
    signal,
    timeout = 20_000,
    program = builtProgram('device-probe'),
  }: {
    signal?: AbortSignal
    timeout?: number
    /** Another program than the one that is built with Bancada: how tests make drivers fail. */
    program?: string
  } = {},
): Promise<Tried> {
  const hint = Object.hasOwn(wayTo, device)
    ? String(wayTo[device as keyof typeof wayTo])
    : undefined
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [program, device],
      {
        timeout,
        killSignal: 'SIGKILL',
        // In Electron the executable is Electron; this makes it plain Node.
        env: {...process.env, ELECTRON_RUN_AS_NODE: '1'},
        ...(signal ? {signal} : {}),
      },
      (error, stdout) => {
        const line = stdout.trim().split('\n').at(-1) ?? ''
        const said: Tried | undefined = line.startsWith('{') ? JSON.parse(line) : undefined
        if (said) resolve(said.ok || !hint ? said : {...said, hint})
        else
          resolve({
            ok: false,
            detail: error?.killed
              ? says`it did not answer within ${timeout / 1000} s`.said
              : says`the driver ended the process (${error?.signal ?? says`exit code ${String(error?.code)}`})`
                  .said,
            ...(hint ? {hint} : {}),
          })
      },
    )
  })
}
